"""The package of a suit holds what the plaintiff signed and nothing that was said in mediation."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from flask import Flask

from tests import builders
from tests.builders import TheCase
from tests.packed import words_in
from tests.referral import suing
from tests.referral.courts import TheCourt, seated
from tourism_odr.cases import items, steps
from tourism_odr.cases.errors import MovedOnError, NotYoursError, UnmetNeedError
from tourism_odr.cases.items import StoredFile, Words
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.models import Filing, Place
from tourism_odr.cases.models.filing import CONSENTS
from tourism_odr.cases.papers.sealed import unseal
from tourism_odr.cases.places import open_place
from tourism_odr.db import db, unit_of_work
from tourism_odr.people.actor import THE_CLOCK, Actor
from tourism_odr.people.refusal import RefusedError
from tourism_odr.people.roles import Role
from tourism_odr.referral.commands import filing as commands

CLOSED = (PlaceKind.DIRECT, PlaceKind.JOINT, PlaceKind.CAUCUS, PlaceKind.INSIDE, PlaceKind.NOTES)


@dataclass
class Suit:
    """A case whose agreement was broken, a court, and a suit of which every paper is written."""

    case: TheCase
    court: TheCourt
    id: UUID


@pytest.fixture
def suit(app: Flask) -> Suit:
    case = builders.a_case("signed")
    with unit_of_work():
        court = seated()
    suing.breached(case)
    return Suit(case, court, suing.prepared(case, court))


def plant(case: TheCase) -> list[str]:
    """A word, an offer's words and a file's name in every place of mediation."""
    planted = []
    for kind in CLOSED:
        with unit_of_work() as session:
            steps.lock(session, case.id)
            for place in session.query(Place).filter(Place.case_id == case.id, Place.kind == kind.value):
                word = f"canary{kind.value}{len(planted)}"
                planted.append(word)
                file = StoredFile("0" * 64, 3, "text", "text/plain", f"{word}file.txt", {})
                for what in (items.TALK, items.CARD, items.NOTE):
                    items.add_item(session, place, what, by=case.people.tourist, at=case.at, words=Words(word, "en"))
                items.add_item(session, place, items.FILE, by=case.people.tourist, at=case.at, file=file, court=True)
    return planted


def test_nothing_of_talk_caucus_or_offers_is_in_any_member(suit):
    with unit_of_work() as session:
        steps.lock(session, suit.case.id)
        open_place(session, suit.case.id, PlaceKind.NOTES, person_id=suit.case.people.mediator.person_id)
    planted = plant(suit.case)
    suing.signed(suit.case, suit.id)
    suing.submitted(suit.case, suit.id)

    words = words_in(suing.package(suit.case, suit.id))

    assert {kind.value for kind in CLOSED} == {word.removeprefix("canary").rstrip("0123456789") for word in planted}
    assert [word for word in planted if word in words] == []
    assert "行程被改" in words


@pytest.mark.parametrize("where", ["facts", "claims"])
def test_a_secret_that_the_plaintiff_writes_into_a_paper_is_found(suit, where):
    words = {name: suing.paper(suit.id, "complaint").words[name] for name in ("claims", "facts", "witnesses")}
    write = commands.Write(suit.id, suing.seen(suit.id), words | {where: "canaryonpurpose"}, suing.PERSONAL)
    commands.write_complaint(write, amount=None, cause="合同纠纷", by=suit.case.people.tourist, at=suing.tick(suit.case))
    suing.signed(suit.case, suit.id)
    suing.submitted(suit.case, suit.id)

    assert "canaryonpurpose" in words_in(suing.package(suit.case, suit.id))


def test_the_same_package_gives_the_same_bytes(suit):
    suing.signed(suit.case, suit.id)
    suing.submitted(suit.case, suit.id)

    first = suing.package(suit.case, suit.id)
    suing.tick(suit.case)

    assert suing.package(suit.case, suit.id) == first


def test_identity_and_address_stand_in_the_papers_and_in_no_row_or_manifest(suit):
    suing.signed(suit.case, suit.id)
    suing.submitted(suit.case, suit.id)

    session = db.session()
    filing = session.get_one(Filing, suit.id)
    rows = [str(suing.paper(suit.id, kind).words) for kind in ("complaint", "service-address")]
    held = str(filing.handed_in) + "".join(rows)
    pdf = words_in(suing.package(suit.case, suit.id))

    assert "canaryidentity" not in held
    assert "canaryhome" not in held
    assert "canaryidentity" in pdf


def test_a_file_without_the_mark_for_courts_cannot_be_chosen(suit):
    with unit_of_work() as session:
        steps.lock(session, suit.case.id)
        place = open_place(session, suit.case.id, PlaceKind.JOINT)
        file = StoredFile("0" * 64, 3, "text", "text/plain", "room.txt", {})
        item = items.add_item(session, place, items.FILE, by=suit.case.people.tourist, at=suit.case.at, file=file, court=True)
        item_id = str(item.id)
    row = {"item": item_id, "source": "a", "purpose": "b", "content": "", "copies": 1}
    write = commands.Write(suit.id, suing.seen(suit.id), {"rows": [row]})

    with pytest.raises(NotYoursError):
        commands.choose_evidence(write, by=suit.case.people.tourist, at=suing.tick(suit.case))


def test_a_paper_that_changes_is_signed_no_longer(suit):
    suing.signed(suit.case, suit.id)
    commands.reopen(suit.id, suing.seen(suit.id), by=suit.case.people.tourist, at=suing.tick(suit.case))
    words = {name: suing.paper(suit.id, "complaint").words[name] for name in ("claims", "facts", "witnesses")}
    write = commands.Write(suit.id, suing.seen(suit.id), words | {"facts": "另一段事实"}, suing.PERSONAL)

    commands.write_complaint(write, amount=None, cause="合同纠纷", by=suit.case.people.tourist, at=suing.tick(suit.case))

    assert suing.paper(suit.id, "complaint").signed_at is None
    assert suing.paper(suit.id, "evidence-list").signed_at is not None


def test_a_paper_is_signed_only_as_it_stood_on_the_page(suit):
    old = commands.SignPaper(suit.id, suing.seen(suit.id), "complaint", "0" * 64, code_checked=True)

    with pytest.raises(RefusedError):
        commands.sign_paper(old, by=suit.case.people.tourist, at=suing.tick(suit.case))


def test_a_paper_with_a_gap_cannot_be_signed(suit):
    empty = commands.Write(suit.id, suing.seen(suit.id), {"kept_up": True}, suing.SERVED_AT | {"address": ""})
    commands.write_service_address(empty, by=suit.case.people.tourist, at=suing.tick(suit.case))

    with pytest.raises(RefusedError):
        suing.signed(suit.case, suit.id)


def test_what_the_complaint_says_of_the_plaintiff_need_not_be_typed_again(suit):
    empty = commands.Write(suit.id, suing.seen(suit.id), {"kept_up": True}, dict.fromkeys(suing.SERVED_AT, ""))
    commands.write_service_address(empty, by=suit.case.people.tourist, at=suing.tick(suit.case))
    words = {name: suing.paper(suit.id, "complaint").words[name] for name in ("claims", "facts", "witnesses")}
    write = commands.Write(suit.id, suing.seen(suit.id), words, suing.PERSONAL | {"address": "人民路一号"})

    commands.write_complaint(write, amount=None, cause="合同纠纷", by=suit.case.people.tourist, at=suing.tick(suit.case))

    person = suit.case.people.tourist.person_id
    assert unseal(person, suing.paper(suit.id, "service-address").sealed)["address"] == "人民路一号"


def test_without_both_consents_nothing_is_submitted(suit):
    suing.signed(suit.case, suit.id)
    said = dict(zip(CONSENTS, (True, False), strict=True))
    commands.consent(suit.id, said, code_checked=True, by=suit.case.people.tourist, at=suing.tick(suit.case))

    with pytest.raises(UnmetNeedError):
        suing.submitted(suit.case, suit.id)


def test_an_unsigned_package_cannot_be_submitted(suit):
    with pytest.raises(MovedOnError):
        suing.submitted(suit.case, suit.id)


def test_nobody_files_for_the_plaintiff(suit):
    suing.signed(suit.case, suit.id)
    people, court = suit.case.people, suit.court
    council = Actor(people.officer.person_id, Role.COUNCIL, people.body)

    for by in (people.officer, court.clerk, court.judge, people.mediator, people.handler, council, THE_CLOCK):
        with pytest.raises(NotYoursError):
            commands.submit(suit.id, suing.seen(suit.id), [], code_checked=True, by=by, at=suing.tick(suit.case))
