"""Officers and the head through their pages: figures, lists, the room, urgings, papers, authorities."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import builders
from tests.signing_in import sign_in
from tests.submitting import submit
from tourism_odr.cases import steps
from tourism_odr.cases.errors import MovedOnError, NotYoursError, UnmetNeedError
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.models import (
    Case,
    Clock,
    Document,
    Event,
    Item,
    Member,
    StandingAuthority,
    Subject,
    Urge,
)
from tourism_odr.cases.places import find_place
from tourism_odr.clock import local_day, now
from tourism_odr.db import db, unit_of_work
from tourism_odr.jobs import clocks
from tourism_odr.oversight import commands
from tourism_odr.people import organisations
from tourism_odr.people.actor import THE_CLOCK, Actor
from tourism_odr.people.roles import Role
from tourism_odr.text import format_day

BASE = "/en/supervision"


def recent(stage="mediated", **more):
    """A case that began a few hours ago, so that nothing of it is over by the real clock."""
    return builders.a_case(stage, at=now() - timedelta(hours=12), **more)


def number_of(case):
    return db.session().get_one(Case, case.id).number


def lines(case):
    return list(db.session().scalars(select(Event.step).where(Event.case_id == case.id)))


def an_order(case, **more):
    wanted = {
        "party_id": case.respondent,
        "mediator_id": None,
        "order": "请在期限内答复。",
        "due_day": day_after(),
    } | more
    return commands.Urging(case.id, **wanted)


def day_after():
    return local_day(now() + timedelta(hours=96))


def propose(case, **more):
    return commands.propose_urging(an_order(case, **more), by=case.people.officer, at=now())


def version(subject_id):
    return db.session().get_one(Subject, subject_id, populate_existing=True).version


def decide(urge_id, words=""):
    return commands.Decision(urge_id, version(urge_id), words)


def draft_of(case):
    """A paper of the case that waits: the time limit ran out, and nobody had given the clock authority."""
    with unit_of_work():
        steps.take(case.id, "case.run-out", by=THE_CLOCK, at=now())
    return (
        db.session()
        .scalars(select(Document).where(Document.case_id == case.id, Document.kind == "termination"))
        .one()
    )


def test_the_overview_leads_from_each_figure_to_its_list(app, client):
    case = recent("served")
    sign_in(client, case.people.officer)

    page = client.get(BASE)

    assert page.status_code == 200
    assert number_of(case) in page.text
    for show in ("running", "soon", "overdue", "silent"):
        assert f"{BASE}/cases?show={show}" in page.text


def test_the_running_list_takes_few_statements_however_many_cases_run(app, client, statements):
    people = recent("served").people
    for _ in range(4):
        recent("served", people=people)
    sign_in(client, people.officer)
    client.get(f"{BASE}/cases")
    statements.clear()

    page = client.get(f"{BASE}/cases")

    assert page.status_code == 200
    asked = [s for s in statements if s.lstrip().upper().startswith("SELECT")]
    assert len(asked) <= 6, asked


def test_filters_stand_in_the_address(app, client):
    case = recent("served")
    sign_in(client, case.people.officer)

    found = client.get(f"{BASE}/cases?q={number_of(case)}")
    nothing = client.get(f"{BASE}/cases?show=silent")

    assert number_of(case) in found.text
    assert number_of(case) not in nothing.text


def test_a_case_that_the_officer_mediates_is_not_on_the_list(app, client):
    case = recent("mediated")
    people = case.people
    with unit_of_work():
        organisations.add_member(people.mediator.person_id, people.body, Role.OFFICER, now())
    both = Actor(people.mediator.person_id, Role.OFFICER, people.body)
    sign_in(client, both)

    page = client.get(f"{BASE}/cases")

    assert number_of(case) not in page.text
    assert client.get(f"{BASE}/cases/{case.id}/urge").status_code == 404
    assert client.get(f"{BASE}/cases/{case.id}/join").status_code == 404
    with pytest.raises(NotYoursError):
        commands.join_room(case.id, by=both, at=now())
    with pytest.raises(NotYoursError):
        commands.propose_urging(an_order(case), by=both, at=now())


def test_an_officer_joins_the_room_for_all_to_see_and_leaves_it(app, client):
    case = recent("mediated")
    officer = case.people.officer
    sign_in(client, officer)

    submit(client, f"{BASE}/cases/{case.id}/join", {})

    room = case.place(PlaceKind.JOINT)
    seats = select(Member).where(
        Member.place_id == room.id, Member.principal_id == officer.person_id, Member.until.is_(None)
    )
    assert db.session().scalars(seats).first() is not None
    assert "case.join-room" in lines(case)
    with pytest.raises(MovedOnError):
        commands.join_room(case.id, by=officer, at=now())

    commands.leave_room(case.id, by=officer, at=now())

    assert db.session().scalars(seats).first() is None
    with pytest.raises(MovedOnError):
        commands.leave_room(case.id, by=officer, at=now())


def test_nobody_joins_a_room_that_does_not_stand(app, client):
    case = recent("served")
    sign_in(client, case.people.officer)

    with pytest.raises(UnmetNeedError):
        commands.join_room(case.id, by=case.people.officer, at=now())

    assert find_place(db.session(), case.id, PlaceKind.JOINT) is None
    assert "There is no room yet" in client.get(f"{BASE}/cases/{case.id}/join").text


def test_an_order_is_read_outside_of_the_body_only_once_the_head_approved(app):
    case = recent("served")
    file = case.place(PlaceKind.FILE)

    urge = propose(case)
    before = db.session().get_one(Subject, urge).place_id
    commands.approve_urging(decide(urge), by=case.people.head, at=now())

    row = db.session().get_one(Urge, urge, populate_existing=True)
    assert before != file.id
    assert db.session().get_one(Item, row.order_id).place_id == file.id
    assert case.stage(urge) == "open"
    assert (
        db.session()
        .scalars(select(Document.number).where(Document.case_id == case.id, Document.kind == "urge"))
        .one()
    )


def test_an_officer_proposes_and_the_head_approves_through_pages(app, client, new_client):
    case = recent("served")
    sign_in(client, case.people.officer)
    day = day_after()
    typed = {
        "to": f"party:{case.respondent}",
        "order": "请于期限内书面答复。",
        "day-year": day.year,
        "day-month": day.month,
        "day-day": day.day,
    }

    sent = submit(client, f"{BASE}/cases/{case.id}/urge", typed)

    assert sent.status_code == 303
    head = sign_in(new_client(), case.people.head)
    urge = db.session().scalars(select(Urge.id).where(Urge.case_id == case.id)).one()
    shown = head.get(f"{BASE}/cases/{case.id}/urgings/{urge}")
    assert "Approve and send" in shown.text
    assert "请于期限内书面答复。" in shown.text
    assert submit(head, f"{BASE}/cases/{case.id}/urgings/{urge}/approve", {}).status_code == 303
    assert case.stage(urge) == "open"
    assert "Approve and send" not in client.get(f"{BASE}/cases/{case.id}/urgings/{urge}").text


def test_an_order_without_words_keeps_what_was_typed_and_says_what_lacks(app, client):
    case = recent("served")
    sign_in(client, case.people.officer)

    page = submit(
        client,
        f"{BASE}/cases/{case.id}/urge",
        {"to": f"party:{case.respondent}", "order": "", "day-year": "2020", "day-month": "1", "day-day": "2"},
    )

    assert "Write what is to be done." in page.text
    assert "Enter a day after today." in page.text
    assert 'value="2020"' in page.text


def test_a_respondent_that_was_not_served_cannot_be_urged(app):
    case = recent("accepted")

    with pytest.raises(NotYoursError):
        propose(case)


def test_the_mediator_is_urged_and_the_urging_closes_with_a_finding(app):
    case = recent("mediated")

    urge = propose(case, party_id=None, mediator_id=case.people.mediator.person_id)
    commands.approve_urging(decide(urge), by=case.people.head, at=now())
    commands.close_urging(decide(urge, "已安排。"), by=case.people.officer, at=now())

    assert case.stage(urge) == "closed"
    assert db.session().get_one(Urge, urge, populate_existing=True).finding_id is not None


def test_an_urging_that_the_head_drops_is_over_and_nobody_outside_knows(app):
    case = recent("served")

    urge = propose(case)
    commands.drop_urging(decide(urge, "理由不足。"), by=case.people.head, at=now())

    assert case.stage(urge) == "dropped"
    file = case.place(PlaceKind.FILE)
    steps_in_file = db.session().scalars(select(Event.step).where(Event.place_id == file.id)).all()
    assert not [step for step in steps_in_file if step.startswith("urge.")]


def test_the_head_signs_a_waiting_paper_once_and_the_ledger_says_so(app, client):
    case = recent("served")
    draft = draft_of(case)
    assert draft.number is None
    sign_in(client, case.people.head)

    client.get(f"{BASE}/documents")
    answer = submit(client, f"{BASE}/cases/{case.id}/documents/{draft.id}/sign", {"read": "y"})

    assert answer.status_code == 303
    signed = db.session().get_one(Document, draft.id, populate_existing=True)
    assert signed.number is not None
    assert signed.signer_id == case.people.head.person_id
    assert "case.sign-document" in lines(case)
    with pytest.raises(MovedOnError):
        commands.sign_document(case.id, draft.id, by=case.people.head, at=now())


def test_the_draft_is_read_before_it_is_signed(app, client):
    case = recent("served")
    draft = draft_of(case)
    sign_in(client, case.people.head)

    answer = client.get(f"{BASE}/cases/{case.id}/documents/{draft.id}/draft")

    assert answer.data.startswith(b"%PDF")


def test_an_officer_does_not_sign(app, client):
    case = recent("served")
    draft = draft_of(case)
    sign_in(client, case.people.officer)

    assert client.get(f"{BASE}/cases/{case.id}/documents/{draft.id}/sign").status_code == 404
    with pytest.raises(NotYoursError):
        commands.sign_document(case.id, draft.id, by=case.people.officer, at=now())


def test_the_clock_issues_under_a_standing_authority_until_it_is_revoked(app, client):
    first = recent("served")
    head = first.people.head
    sign_in(client, head)

    assert submit(client, f"{BASE}/authorities", {"kind": "termination", "agree": "y"}).status_code == 303
    issued = draft_of(first)
    row = db.session().scalars(select(StandingAuthority)).one()
    commands.revoke_authority(row.id, by=head, at=now())
    second = draft_of(recent("served", people=first.people))

    assert issued.number is not None
    assert issued.authority_id == row.id
    assert second.number is None
    assert "Revoked" in client.get(f"{BASE}/authorities").text


def test_a_body_sees_neither_cases_nor_papers_of_another(app, client):
    case, other = recent("served"), recent("served")
    draft = draft_of(case)
    sign_in(client, other.people.head)

    pages = [client.get(f"{BASE}{path}").text for path in ("", "/cases", "/documents", "/alarms", "/urgings")]

    assert not [page for page in pages if number_of(case) in page]
    assert client.get(f"{BASE}/cases/{case.id}/documents/{draft.id}/sign").status_code == 404


@pytest.mark.parametrize("role", ["tourist", "handler", "mediator", "admin"])
def test_supervision_is_no_page_for_anybody_else(app, client, role):
    case = recent("mediated")
    sign_in(client, getattr(case.people, role), case.id)

    assert client.get(BASE).status_code == 404
    assert client.get(f"{BASE}/cases/{case.id}/urge").status_code == 404


def test_the_overdue_list_names_what_was_missed_and_since_when_in_days(app, client):
    case = builders.a_case("lodged", at=now() - timedelta(days=12))
    clocks.sweep(now())
    sign_in(client, case.people.officer)

    overdue, running = (client.get(f"{BASE}/cases?show={show}").text for show in ("overdue", "running"))

    missed = db.session().scalars(select(Clock).where(Clock.case_id == case.id, Clock.name == "decide")).one()
    assert missed.status == "missed"
    assert "Decision on acceptance" in overdue
    assert format_day(missed.day, "en") in overdue
    assert re.search(r"<b>\d+ days late</b>", overdue)
    assert "Decision on acceptance" not in running
