"""Every document that the lifecycle issues can be built, fits its schema, and becomes a sealed PDF."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy import select

from tests import builders
from tests.builders import HOUR
from tourism_odr.casefile.commands import file as casefile
from tourism_odr.cases import items, rendering, steps
from tourism_odr.cases.issuing import BUILDERS, NUMBERING
from tourism_odr.cases.lifecycle import STEPS, PlaceKind
from tourism_odr.cases.models import Agreement, Document, Transfer, Urge, Volume
from tourism_odr.cases.models.agreement import BY_THE_SIDES
from tourism_odr.cases.papers import completed
from tourism_odr.clock import local_day
from tourism_odr.db import db, unit_of_work
from tourism_odr.documents import KINDS
from tourism_odr.documents.checking import shown
from tourism_odr.jobs.volumes import make_ordered
from tourism_odr.people.actor import THE_CLOCK
from tourism_odr.referral.commands import applications
from tourism_odr.rulebooks import days

# Issued, drawn and read in the journeys to the court and of confirmation (tests/journeys).
OF_THE_COURT = {kind for kind in BUILDERS if kind.startswith(("suit-", "confirmation-"))} | {
    "mediation-proof", "enforcement-application", "delegated-agreement",
}  # fmt: skip
WORDS = {"zh": "属于另一机构职责", "en": "Another body is responsible"}


def issued() -> list[Document]:
    return list(db.session().scalars(select(Document)))


def everything_happens() -> None:
    """Cases that together take every step that issues a document."""
    performed = builders.a_case("performed", respondents=2)
    performed.take("agreement.countersign", performed.people.mediator, performed.agreement)
    made_alone(builders.a_case("locked"))
    refused = builders.a_case()
    refused.take("case.propose-refusal", refused.people.officer, facts={"ground": "elsewhere"})
    refused.take("case.approve-refusal", refused.people.head)
    transferred = builders.a_case()
    papers = {"receiver": {"zh": "邻市旅质所", "en": "Next institute"}, "reason": WORDS}
    transferred.take("case.transfer-out", transferred.people.officer, papers=papers)
    withdrawn = builders.a_case()
    withdrawn.take("case.withdraw", withdrawn.people.tourist, papers={"reason": "对方已经付款"})
    silent = builders.a_case("served")
    by_clock(silent, "respondent.fall-silent", silent.respondent)
    silent.take("respondent.remind", silent.people.officer, silent.respondent)
    by_clock(silent, "respondent.stay-silent", silent.respondent)
    silent.take("respondent.choose-termination", silent.people.tourist, silent.respondent)
    urged(builders.a_case("mediation"))
    moved(builders.a_case())
    applied(builders.a_case("mediation"))
    shelved(builders.a_case("signed"))


def made_alone(made: builders.TheCase) -> None:
    """The same text, but the two sides made it without a mediator."""
    with unit_of_work() as session:
        session.get_one(Agreement, made.agreement).path = BY_THE_SIDES
    builders.give_power(made, made.respondent, made.people.handler)
    made.take("agreement.sign", made.people.tourist, made.agreement)
    made.take("agreement.sign", made.people.handler, made.agreement)


def by_clock(made: builders.TheCase, name: str, subject_id) -> None:
    made.at += timedelta(days=12)
    with unit_of_work():
        steps.take(subject_id, name, by=THE_CLOCK, at=made.at)


def urged(made: builders.TheCase) -> None:
    made.at += HOUR
    with unit_of_work() as session:
        steps.lock(session, made.id)
        inside = made.place(PlaceKind.INSIDE)
        order = items.add_item(
            session,
            inside,
            items.LETTER,
            by=made.people.officer,
            at=made.at,
            words=items.Words("请立即核实。", "zh-Hans"),
        )
        row = steps.begin(
            session, made.id, "urge", made.place(PlaceKind.FILE), made.at, desk=made.people.agency
        )
        session.add(
            Urge(
                id=row.id,
                case_id=made.id,
                party_id=made.respondent,
                due_day=local_day(made.at),
                order_id=order.id,
            )
        )
        session.flush()
        steps.take(row.id, "urge.propose", by=made.people.officer, at=made.at)
    made.take("urge.approve", made.people.head, row.id)


def moved(made: builders.TheCase) -> None:
    made.at += HOUR
    with unit_of_work() as session:
        others = builders.people(session)
        row = steps.begin(session, made.id, "transfer", made.place(PlaceKind.TRIAGE), made.at, desk=others.body)
        session.add(
            Transfer(
                id=row.id,
                case_id=made.id,
                from_body_id=made.people.body,
                to_body_id=others.body,
                ground="territory",
            )
        )
        session.flush()
        steps.take(row.id, "transfer.offer", by=made.people.officer, at=made.at)
    made.take("transfer.accept", others.officer, row.id)


def applied(made: builders.TheCase) -> None:
    by = made.people.officer
    for sort, ground in (("enforcement", "shopping"), ("deposit", "violation")):
        begun = applications.open_application(applications.Begin(made.id, sort, made.respondent), by=by, at=made.at)
        letter = applications.Letter(
            begun, 1, "执法总队", "", None, ground, "查证属实。", "", (), Decimal(100), "inquiry", local_day(made.at)
        )
        applications.write_letter(letter, by=by, at=made.at)


def shelved(made: builders.TheCase) -> None:
    make_ordered(made.at)
    volume = db.session().scalars(select(Volume.id).where(Volume.case_id == made.id)).one()
    casefile.file_volume(casefile.FileVolume(volume, 1, "待补"), by=made.people.officer, at=made.at)


def test_every_document_of_the_lifecycle_has_a_builder_a_schema_and_a_number():
    kinds = {kind for step in STEPS.values() for kind in step.issues}

    assert kinds == set(BUILDERS) == set(NUMBERING) == set(KINDS) - {"recovery-code", "slip", "archive-sheet"}


def test_every_builder_gives_exactly_what_its_schema_asks_for(app):
    everything_happens()

    found = issued()
    for document in found:
        for locale in ("zh-Hans", "en"):
            shown(completed(document, locale), KINDS[document.kind].schema, document.kind)

    assert {document.kind for document in found} == set(BUILDERS) - OF_THE_COURT


def test_every_line_of_a_legal_basis_names_rule_and_article_or_says_house_rule(app):
    builders.a_case("sent")

    lines = [line for document in issued() for line in document.data["basis"]]

    assert lines
    assert all(line["rule"]["zh"] and (line["article"] or line["grade"] == "house") for line in lines)


def test_the_number_stands_on_the_page_but_not_in_the_frozen_data(app):
    builders.a_case()

    (receipt,) = issued()

    assert receipt.data["number"] == ""
    assert completed(receipt, "zh-Hans")["number"] == receipt.number


def test_a_document_is_rendered_once_and_every_reader_gets_the_same_bytes(app):
    made = builders.a_case()
    (receipt,) = issued()

    first = rendering.file_of(receipt, "zh-Hans", made.at)
    again = rendering.file_of(receipt, "zh-Hans", made.at + HOUR)

    assert first == again
    assert first.startswith(b"%PDF")


def test_a_draft_that_waits_for_its_signer_is_no_paper_yet(app):
    made = builders.a_case("served")
    by_clock(made, "respondent.fall-silent", made.respondent)
    draft = db.session().scalars(select(Document).where(Document.kind == "non-response")).one()

    with pytest.raises(rendering.NotIssuedError):
        rendering.file_of(draft, "en", made.at)

    assert (draft.number, draft.status) == (None, "draft")


def test_a_stranger_id_names_no_document(app):
    assert db.session().get(Document, uuid4()) is None


def test_the_letter_to_the_agency_says_who_booked_what_and_when(app):
    builders.a_case("sent")

    letter = next(document.data for document in issued() if document.kind == "service-letter")

    assert (letter["order"], letter["trip_from"], letter["trip_to"]) == ("YS-7731", "2026-10-01", "2026-10-05")
    assert "林晓彤" in [party["name"] for party in letter["parties"]]


def test_a_document_shows_the_same_days_of_a_count_as_the_page(app):
    case = builders.a_case()

    [receipt] = [one for one in issued() if one.kind == "receipt" and one.case_id == case.id]
    [count] = completed(receipt, "zh-Hans")["counts"]
    [derivation] = receipt.data["counts"]

    squares = [square for month in count["months"] for week in month["weeks"] for square in week]
    numbered = [square["number"] for square in squares if square["number"]]
    assert numbered == [str(day.number) for day in days(derivation) if day.number]
    assert [square["kind"] for square in squares].count("end") == 1
