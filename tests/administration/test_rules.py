"""Numbers confirmed and calendars put in force: what moves, who is told, what stays on record, what never changes."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from sqlalchemy import select

from tests import builders
from tests.builders import HOUR
from tests.rulebooks.verifier import complaint
from tests.signing_in import sign_in
from tests.submitting import submit
from tourism_odr.administration.commands import rules
from tourism_odr.administration.models import AdministrativeAct
from tourism_odr.cases.deadlines import UNCERTAIN, proposed, rulebook_of
from tourism_odr.cases.errors import NotYoursError
from tourism_odr.cases.models import CalendarYear, Clock, ClockChange, Notice
from tourism_odr.cases.papers import pages
from tourism_odr.clock import now
from tourism_odr.db import db, unit_of_work
from tourism_odr.jobs import clocks
from tourism_odr.people import organisations, persons
from tourism_odr.people.actor import Actor
from tourism_odr.people.refusal import RefusedError
from tourism_odr.people.roles import Role
from tourism_odr.rulebooks import find_rule
from tourism_odr.rulebooks.calendars import put_in_force, shipped_calendars

LATE_2026 = datetime(2026, 12, 28, 2, tzinfo=UTC)
OF_2027 = rules.Announce(
    "cn",
    2027,
    ("2027-01-01..2027-01-03 new-year", "2027-02-05..2027-02-11 spring-festival"),
    ("2027-02-13 spring-festival",),
    "国办发明电〔2026〕某号",
)
WEAK = rules.Confirm(
    "cn-complaints@2026-03-15", "answer", "article 19", "www.gov.cn, the official text", "王稽核", date(2026, 11, 24)
)


@pytest.fixture(autouse=True)
def _shipped_afterwards():
    """Other tests count by what ships."""
    yield
    put_in_force((), ())


def clock(name: str) -> Clock:
    wanted = select(Clock).where(Clock.name == name).order_by(Clock.started_at.desc())
    return db.session().scalars(wanted.execution_options(populate_existing=True)).first()


def told(template: str) -> list[Notice]:
    return list(db.session().scalars(select(Notice).where(Notice.template == template)))


def another(admin: Actor) -> Actor:
    """A second administrator."""
    with unit_of_work():
        email = f"{uuid4().hex[:8]}@people.example"
        return replace(admin, person_id=persons.create_person(locale="en", at=LATE_2026, name="李复核", email=email))


def in_force(made: builders.TheCase, announced: rules.Announce = OF_2027):
    calendar = rules.propose(announced, by=made.people.admin, at=made.at)
    rules.approve(calendar, by=another(made.people.admin), at=made.at + HOUR)
    return calendar


def test_a_proposed_calendar_counts_for_nothing_until_somebody_else_approves_it(app):
    made = builders.a_case("lodged", at=LATE_2026)
    before = clock("conclude-local").day

    calendar = rules.propose(OF_2027, by=made.people.admin, at=made.at)

    assert clock("conclude-local").day == before
    with pytest.raises(RefusedError, match="cannot approve it"):
        rules.approve(calendar, by=made.people.admin, at=made.at)


def test_the_preview_shows_each_deadline_that_moves_with_both_dates(app):
    made = builders.a_case("lodged", at=LATE_2026)
    calendar = rules.propose(OF_2027, by=made.people.admin, at=made.at)

    shown = rules.preview(db.session(), db.session().get_one(CalendarYear, calendar))

    moved = {one.clock.name: (one.clock.day, one.due.day) for one in shown if one.moves}
    assert moved == {"conclude-local": (date(2027, 2, 11), date(2027, 2, 12))}
    assert db.session().scalars(select(ClockChange)).all() == []


def test_an_approved_calendar_moves_open_deadlines_and_tells_each_side_once(app):
    made = builders.a_case("lodged", at=LATE_2026)
    old = dict(clock("conclude-local").derivation)

    in_force(made)

    new = clock("conclude-local")
    assert (new.day, new.provisional, complaint(new.derivation)) == (date(2027, 2, 12), False, None)
    kept = db.session().scalars(select(ClockChange).where(ClockChange.clock_id == new.id)).one()
    assert (kept.old, kept.new) == (old, new.derivation)
    sent = told("_other/calendar")
    assert {one.person_id or one.organisation_id for one in sent} == {made.people.tourist.person_id, made.people.body}
    assert len(sent) == 2
    assert sent[0].params["moved"] == [[old["title"], "2027-02-11", "2027-02-12"]]


def test_what_starts_after_the_approval_counts_by_the_new_calendar(app):
    in_force(builders.a_case("lodged", at=LATE_2026))

    later = builders.a_case("lodged", at=datetime(2027, 2, 3, 2, tzinfo=UTC))

    decide = next(one for one in db.session().scalars(select(Clock).where(Clock.name == "decide")) if one.case_id == later.id)
    assert (decide.day, decide.provisional) == (date(2027, 2, 12), False)


def test_a_deadline_that_waited_for_the_calendar_runs_on_once_it_is_known(app):
    made = builders.a_case("lodged", at=LATE_2026)
    made.take("case.return", made.people.officer)
    clocks.sweep(clock("supplement").due_at)
    waited = clock("supplement").reason
    made.at = clock("supplement").due_at + HOUR

    in_force(made)
    clocks.sweep(made.at + timedelta(days=3))

    assert waited == UNCERTAIN
    assert (clock("supplement").status, made.stage()) == ("missed", "lodged")


def test_a_deadline_that_has_ended_never_changes(app):
    made = builders.a_case("lodged", at=LATE_2026)
    with unit_of_work():
        ended = clock("conclude-local")
        ended.status, ended.ended_at = "met", made.at

    in_force(made)

    assert clock("conclude-local").day == date(2027, 2, 11)
    assert told("_other/calendar") == []


def test_a_calendar_that_was_taken_back_leaves_everything_as_it_stood(app):
    made = builders.a_case("lodged", at=LATE_2026)
    old = dict(clock("conclude-local").derivation)
    calendar = in_force(made)

    rules.roll_back(calendar, "Announced in error.", by=made.people.admin, at=made.at + 2 * HOUR)

    assert clock("conclude-local").derivation == old
    assert [row.cause for row in db.session().scalars(select(ClockChange).order_by(ClockChange.at)) if row.old_day != row.new_day] == [
        "calendar", "calendar-back",
    ]  # fmt: skip
    assert len(told("_other/calendar")) == 4
    assert list(db.session().scalars(select(AdministrativeAct.code).order_by(AdministrativeAct.at))) == [
        "calendar.propose", "calendar.approve", "calendar.roll-back",
    ]  # fmt: skip


def test_a_holiday_announced_late_moves_a_year_that_was_published(app):
    made = builders.a_case("lodged", at=datetime(2026, 11, 23, 2, tzinfo=UTC))
    known = shipped_calendars()["cn"].year(2026)
    days_off = [f"{day} {why}" for day, why in known.off.items() if why != "weekend"]
    worked = tuple(f"{day} national-day" for day in known.made_up)

    in_force(made, replace(OF_2027, year=2026, days_off=(*days_off, "2026-11-24 national-day"), days_worked=worked))

    assert clock("decide").day == date(2026, 11, 26)


def test_an_announcement_that_contradicts_itself_is_refused(app):
    made = builders.a_case("lodged", at=LATE_2026)

    with pytest.raises(RefusedError, match="cannot be read"):
        rules.propose(replace(OF_2027, days_worked=("2027-02-12 spring-festival",)), by=made.people.admin, at=made.at)


def test_a_confirmed_number_is_enforced_where_it_only_warned(app):
    made = builders.a_case("served")
    running = clock("answer")
    with unit_of_work():
        counted = find_rule("cn", "complaint.answer", date(2026, 10, 1)).due(running.started_at)
        again = clock("answer")
        again.derivation, again.weak, again.due_at, again.day = counted.derivation, True, counted.at, counted.day

    resting = rules.confirm(WEAK, by=made.people.admin, at=made.at)
    clocks.sweep(clock("answer").due_at)

    assert resting == 1
    assert made.stage(made.respondent) == "silent"
    assert complaint(clock("answer").derivation) is None
    assert clock("answer").derivation["confirmed"]["article"] == "article 19"


def test_a_number_confirmed_before_a_deadline_starts_makes_it_firm_from_the_start(app):
    made = builders.a_case("accepted")

    rules.confirm(WEAK, by=made.people.admin, at=made.at)

    assert not proposed(builders.case_row(made), "answer", made.at).weak


def test_a_number_read_in_the_official_text_needs_no_confirmation_and_none_is_given_twice(app):
    made = builders.a_case("accepted")
    rules.confirm(WEAK, by=made.people.admin, at=made.at)

    with pytest.raises(RefusedError, match="already"):
        rules.confirm(WEAK, by=made.people.admin, at=made.at)
    with pytest.raises(NotYoursError):
        rules.confirm(replace(WEAK, rule="decide"), by=made.people.admin, at=made.at)


BASE = "/en/administration"


def test_the_page_of_rulebooks_names_article_grade_and_the_cases_that_rest_on_a_rule(app, client):
    made = builders.a_case("lodged", at=now() - timedelta(hours=3))
    sign_in(client, made.people.admin)

    shown = client.get(f"{BASE}/rulebooks").text

    assert "complaint.accept" in shown
    assert "article 65" in shown
    assert "seen only in a draft or in the press" in shown
    assert builders.case_row(made).number in shown


def test_a_number_is_confirmed_on_its_page_with_who_when_and_where(app, client):
    made = builders.a_case("accepted", at=now() - timedelta(hours=3))
    sign_in(client, made.people.admin)
    typed = {
        "rule": "cn-complaints@2026-03-15/answer", "article": "article 19", "source": "The gazette, 2026 no. 8",
        "checked_by": "王稽核", "checked_on-year": "2026", "checked_on-month": "3", "checked_on-day": "20",
    }  # fmt: skip

    empty = submit(client, f"{BASE}/rulebooks/confirm", typed | {"source": ""})
    submit(client, f"{BASE}/rulebooks/confirm", typed)

    assert "Say where the official text stands." in empty.text
    assert "The gazette, 2026 no. 8" in client.get(f"{BASE}/rulebooks").text
    assert list(db.session().scalars(select(AdministrativeAct.code))) == ["rule.confirm"]


def test_a_calendar_is_proposed_from_a_file_and_approved_by_another_administrator(app, client, new_client):
    made = builders.a_case("lodged", at=now() - timedelta(hours=3))
    sign_in(client, made.people.admin)
    text = '[year.2027]\noff = ["2027-01-01..2027-01-03 new-year"]\nwork = []\n'

    submit(client, f"{BASE}/calendars", {"calendar": "cn", "notice": "No. 7", "files": (BytesIO(text.encode()), "2027.toml")})
    row = db.session().scalars(select(CalendarYear)).one()
    decide, approve = f"{BASE}/calendars/{row.id}/decide", {"act": "approve", "ground": "Compared."}
    submit(client, f"{BASE}/calendars", approve, to=decide)
    own = client.get(f"{BASE}/calendars")
    second = new_client()
    sign_in(second, colleague(made.people.admin))
    submit(second, f"{BASE}/calendars", approve, to=decide)

    assert "cannot approve" in own.text
    assert db.session().get_one(CalendarYear, row.id, populate_existing=True).status == "approved"
    assert "In force" in client.get(f"{BASE}/calendars").text


def colleague(admin: Actor) -> Actor:
    """A second administrator who can sign in."""
    second = another(admin)
    with unit_of_work():
        organisations.add_member(second.person_id, admin.organisation_id, Role.ADMIN, LATE_2026 - timedelta(days=90))
    return second


def test_a_document_says_that_a_number_was_confirmed(app):
    made = builders.a_case("accepted")
    rules.confirm(WEAK, by=made.people.admin, at=made.at)

    book = rulebook_of(builders.case_row(made))

    assert [line["grade"] for line in pages.basis(db.session(), book, ("answer", "decide"))] == ["confirmed", "S"]
