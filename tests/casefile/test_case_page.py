"""The page of a case: everybody in it meets their own, and nothing of the others."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from tests import builders
from tests.builders import STAGES, TheCase, a_case
from tests.casefile.conftest import Inside
from tests.pages import PageClient
from tests.signing_in import sign_in
from tourism_odr.casefile.queries.duties import AWAITED, BESIDE, WAYS_OUT, duties
from tourism_odr.casefile.queries.overview import overview
from tourism_odr.cases import items, queries, steps
from tourism_odr.cases.items import Words
from tourism_odr.cases.lifecycle import TABLES, PlaceKind, Step, open_steps
from tourism_odr.cases.models import Case, PendingStep, Reading
from tourism_odr.clock import now
from tourism_odr.db import db, unit_of_work
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import Organisation
from tourism_odr.people.roles import COMPLAINANT, Role

NewClient = Callable[[], PageClient]


def page(client: PageClient, made: TheCase, who: Actor, tail: str = "", locale: str = "en", status: int = 200) -> str:
    sign_in(client, who, made.id if who.role in COMPLAINANT else None)
    answer = client.get(f"/{locale}/cases/{made.id}{tail}")
    assert answer.status_code == status, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("stage", STAGES)
def test_everybody_in_the_case_meets_its_page_at_every_stage(stage: str, new_client: NewClient, inside: Inside) -> None:
    made = inside(a_case, stage)
    people = made.people
    those = [people.tourist, people.officer, people.head]
    those += [people.handler] if STAGES.index(stage) >= STAGES.index("served") else []
    those += [people.mediator] if STAGES.index(stage) >= STAGES.index("mediated") else []

    for who in those:
        for locale in ("en", "zh-Hans"):
            shown = page(new_client(), made, who, locale=locale)

            assert inside(builders.case_row, made).number in shown


def test_a_stranger_gets_the_same_answer_as_for_no_case(new_client: NewClient, inside: Inside) -> None:
    made, other = inside(a_case, "served"), inside(a_case, "served")

    for who in (other.people.tourist, other.people.handler, other.people.officer, other.people.mediator):
        client = sign_in(new_client(), who, other.id)
        for tail in ("", "/deadlines", "/write", "/files/add", "/readers"):
            there = client.get(f"/en/cases/{made.id}{tail}")
            nowhere = client.get(f"/en/cases/{uuid4()}{tail}")

            assert (there.status_code, nowhere.status_code) == (404, 404)


def test_a_silent_agency_is_asked_to_answer_and_the_tourist_waits_for_it(new_client: NewClient, inside: Inside) -> None:
    made = inside(a_case, "served", answer_day=(now() + timedelta(days=30)).date())

    agency = page(new_client(), made, made.people.handler)
    tourist = page(new_client(), made, made.people.tourist)

    assert "What you need to do now" in agency
    assert "Nothing for you to do now" in tourist
    assert "Waiting for the respondent until" in tourist


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.usefixtures("app")
def test_what_the_page_offers_is_what_the_kernel_allows(stage: str) -> None:
    made = a_case(stage, respondents=2)
    session, at = db.session(), now()
    case = session.get_one(Case, made.id)

    for who in (made.people.tourist, made.people.handler, made.people.mediator, made.people.officer):
        view = overview(session, case, who, at)
        offered = {(one.line.subject.id, one.step.name) for one in duties(session, view)}
        allowed = {
            (line.subject.id, step.name)
            for line in view.lines
            for step in queries.steps_open_to(session, case, line.subject, who)
        }

        assert offered <= allowed, who.role


def test_a_refusal_that_waits_for_the_head_is_not_told_to_the_tourist(new_client: NewClient, inside: Inside) -> None:
    made = inside(a_case, "lodged")
    inside(made.take, "case.propose-refusal", made.people.officer)

    tourist = page(new_client(), made, made.people.tourist)
    head = page(new_client(), made, made.people.head)

    assert "Refusal waiting" not in tourist
    assert "Refusal waiting for approval" in head


def test_talk_of_tourist_and_body_is_not_on_the_agencys_page(new_client: NewClient, inside: Inside) -> None:
    made = inside(a_case, "served")
    client = sign_in(new_client(), made.people.tourist, made.id)
    form = client.get(f"/en/cases/{made.id}/write").get_data(as_text=True)
    triage = str(inside(made.place, PlaceKind.TRIAGE).id)

    client.post(f"/en/cases/{made.id}/write", data={**_hidden(form), "to": triage, "message": "canary for the officer"})

    assert "canary for the officer" in page(new_client(), made, made.people.officer)
    assert "canary for the officer" not in page(new_client(), made, made.people.handler)


def test_a_message_without_words_keeps_what_was_chosen(new_client: NewClient, inside: Inside) -> None:
    made = inside(a_case, "served")
    client = sign_in(new_client(), made.people.tourist, made.id)
    form = client.get(f"/en/cases/{made.id}/write").get_data(as_text=True)
    place = str(inside(made.place, PlaceKind.FILE).id)

    answer = client.post(f"/en/cases/{made.id}/write", data={**_hidden(form), "to": place, "message": ""}).get_data(as_text=True)

    assert "Write your message." in answer
    assert f'value="{place}" checked' in answer


def test_an_agency_cannot_write_to_the_body_behind_the_tourists_back(new_client: NewClient, inside: Inside) -> None:
    made = inside(a_case, "served")
    client = sign_in(new_client(), made.people.handler)
    form = client.get(f"/en/cases/{made.id}/write").get_data(as_text=True)
    triage = str(inside(made.place, PlaceKind.TRIAGE).id)

    answer = client.post(f"/en/cases/{made.id}/write", data={**_hidden(form), "to": triage, "message": "psst"})

    assert triage not in form
    assert answer.status_code == 422
    assert "Select who should read this." in answer.get_data(as_text=True)


def test_a_caucus_leaves_no_trace_on_the_other_sides_page(new_client: NewClient, inside: Inside) -> None:
    made = inside(a_case, "mediated")
    room = inside(made.place, PlaceKind.CAUCUS, made.respondent)
    before = page(new_client(), made, made.people.tourist)

    inside(_whisper, made, room.id)

    assert _plain(page(new_client(), made, made.people.tourist)) == _plain(before)


def test_a_click_can_be_taken_back_by_its_author_alone(new_client: NewClient, inside: Inside) -> None:
    made = inside(a_case, "offered")
    made.at = now()
    inside(made.take, "offer.accept", made.people.tourist, made.offer, papers={"code_checked": True})
    pending = inside(_values, select(PendingStep.id))[0]
    other = sign_in(new_client(), made.people.handler)
    mine = sign_in(new_client(), made.people.tourist, made.id)
    shown = mine.get(f"/en/cases/{made.id}").get_data(as_text=True)
    token = _hidden(other.get(f"/en/cases/{made.id}/write").get_data(as_text=True))

    refused = other.post(f"/en/cases/{made.id}/pending/{pending}/undo", data=token)
    undone = mine.post(f"/en/cases/{made.id}/pending/{pending}/undo", data=_hidden(shown))

    assert "You can take this back until" in shown
    assert (refused.status_code, undone.status_code) == (404, 303)
    assert inside(_values, select(PendingStep.status)) == ["undone"]


def test_each_look_of_staff_is_one_row_and_the_tourist_reads_it(new_client: NewClient, inside: Inside) -> None:
    made = inside(a_case, "served")
    officer = sign_in(new_client(), made.people.officer)
    page(new_client(), made, made.people.handler)

    officer.get(f"/en/cases/{made.id}")
    log = page(new_client(), made, made.people.tourist, "/readers")

    assert inside(_values, select(Reading.what)) == ["case"]
    assert "Duty officer" in log
    assert "The page of the case" in log


def test_dates_are_counted_day_by_day(new_client: NewClient, inside: Inside) -> None:
    made = inside(a_case, "lodged")

    shown = page(new_client(), made, made.people.tourist, "/deadlines")

    assert "day 1" in shown
    assert "not counted" in shown


def test_the_page_needs_few_statements_whatever_the_case_holds(new_client: NewClient, statements: list[str], inside: Inside) -> None:
    made = inside(a_case, "signed", respondents=2)
    client = sign_in(new_client(), made.people.tourist, made.id)
    client.get(f"/en/cases/{made.id}")
    statements.clear()

    client.get(f"/en/cases/{made.id}")

    asked = [one for one in statements if one.lstrip().upper().startswith("SELECT")]
    assert len(asked) <= 16, f"{len(asked)}\n" + "\n\n".join(asked)


def _whisper(made: TheCase, room: UUID) -> None:
    """The agency says its lowest figure to the mediator alone."""
    with unit_of_work() as session:
        steps.lock(session, made.id)
        place = items.place_for(session, room, made.id)
        words = Words("our lowest figure", "en")
        said = items.add_item(session, place, items.TALK, by=made.people.handler, at=made.at, words=words, party_id=made.respondent)
        steps.take(made.id, "case.write", by=made.people.handler, at=made.at, place_id=place.id, digests=(said.digest,))


def _values(statement: Any) -> list[Any]:
    return list(db.session().scalars(statement))


def _hidden(html: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(csrf_token|seen)" value="([^"]*)">', html))


def _plain(html: str) -> str:
    return re.sub(r'value="[^"]*"', "", html)


def test_a_task_says_what_its_reader_must_do(new_client: NewClient, inside: Inside) -> None:
    reported, locked = inside(a_case, "reported"), inside(a_case, "locked")

    payee = page(new_client(), reported, reported.people.tourist)
    signer = page(new_client(), locked, locked.people.handler)

    assert "Confirm or dispute the payment</h2>" in payee
    assert "Read and sign the agreement</h2>" in signer


def test_several_answers_to_one_matter_are_asked_for_in_a_sentence() -> None:
    """The title of one button is no heading for the others."""
    asked = [
        (table.kind, stage, role)
        for table in TABLES.values()
        for stage in table.stages
        for role in Role
        if len(rows := _answers(table.kind, stage, role)) > 1 and not any(row.asks for row in rows)
    ]

    assert asked == []


def _answers(kind: str, stage: str, role: Role) -> list[Step]:
    """The steps for which the same running clock waits."""
    rows = [row for row in open_steps(kind, stage, role) if row.human and row.name not in WAYS_OUT | BESIDE]
    return [row for row in rows if row.stops or row.name in AWAITED]


def test_an_agency_is_called_alike_on_every_page_with_its_chinese_name_beside(new_client: NewClient, inside: Inside) -> None:
    made = inside(a_case, "signed")

    def rename() -> None:
        with unit_of_work() as session:
            session.get_one(Organisation, made.people.agency).name_en = "Far Mountain Travel"

    inside(rename)
    for tail in ("", "/payments", "/facts"):
        assert "Far Mountain Travel (远山旅行社)" in page(new_client(), made, made.people.tourist, tail)
        assert "Far Mountain Travel" not in page(new_client(), made, made.people.tourist, tail, locale="zh-Hans")


def test_every_page_about_a_case_leads_straight_back_to_it(new_client: NewClient, inside: Inside) -> None:
    made = inside(a_case, "signed")

    for tail in ("/agreements", f"/agreements/{made.agreement}", "/payments", "/facts", "/deadlines"):
        assert f'href="/en/cases/{made.id}"' in page(new_client(), made, made.people.tourist, tail)


def test_a_performed_case_says_what_was_paid_and_when(new_client: NewClient, inside: Inside) -> None:
    made = inside(a_case, "performed")

    for who in (made.people.tourist, made.people.handler, made.people.officer):
        shown = page(new_client(), made, who)

        assert re.search(r"Performed: ¥[\d,]+, last paid on \w{3} \d+ \w+ 2026", shown)
        assert ">Closed<" in shown
