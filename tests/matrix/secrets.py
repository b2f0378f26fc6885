"""Distinct secrets in every closed place and field, and who may meet each of them, settled by hand."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from tests import builders
from tests.builders import TheCase
from tests.matrix.confirming import place_at_court
from tests.matrix.world import World, shelve
from tourism_odr.cases import items, steps
from tourism_odr.cases.items import Words
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.models import Party, Place
from tourism_odr.db import db, unit_of_work
from tourism_odr.people import persons
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import DetailKind

TOURIST = frozenset({"the tourist", "the tourist's helper", "the clerk who acts for the tourist"})
OFFICE = frozenset({"the council clerk who follows"})
AGENCY = frozenset({"the handler", "the owner", "the finance"})
SECOND = frozenset({"the second respondent's handler"})
BODY = frozenset({"the officer", "a second officer", "the head"})
MEDIATOR = frozenset({"the mediator"})
COURT = frozenset({"the clerk of its court", "the judge of its court"})


@dataclass(frozen=True)
class Secret:
    """A word that stands nowhere else, and the names of those who may read it."""

    word: str
    where: str
    readers: frozenset[str]


def plant(world: World) -> list[Secret]:
    """Lay a secret into every place of the case, as talk and as a file's name, and into every field of the tourist."""
    case = world.case
    planted = [_talk(case, place, by, word, readers) for place, by, word, readers in _places(case)]
    planted += _fields(case)
    whoever_reads_the_file = TOURIST | BODY | AGENCY | SECOND | MEDIATOR | OFFICE
    planted += [Secret(word, "the time of the case", whoever_reads_the_file) for word in ("canarypause", "canarymoretime")]
    planted += [Secret(word, "the papers of the suit", TOURIST | COURT) for word in ("canaryidentity", "canaryhome")]
    shelve(case)
    return planted


def _places(case: TheCase) -> list[tuple[Place, Actor, str, frozenset[str]]]:
    people = case.people
    parties = {p.number: p for p in _respondents(case)}
    complainant = db.session().scalars(
        select(Party.id).where(Party.case_id == case.id, Party.side == "complainant")
    ).one()
    one, two = parties[1].id, parties[2].id

    def place(kind: PlaceKind, party: UUID | None = None, organisation: UUID | None = None) -> Place:
        wanted = select(Place).where(Place.case_id == case.id, Place.kind == kind.value)
        if party:
            wanted = wanted.where(Place.party_id == party)
        if organisation:
            wanted = wanted.where(Place.organisation_id == organisation)
        return db.session().scalars(wanted).one()

    return [
        (place(PlaceKind.TRIAGE), people.tourist, "canarytriage", TOURIST | BODY | OFFICE),
        (place(PlaceKind.FILE), people.tourist, "canaryfile", TOURIST | BODY | AGENCY | SECOND | MEDIATOR | OFFICE),
        (place(PlaceKind.DIRECT, one), people.handler, "canarydirectone", TOURIST | AGENCY),
        (place(PlaceKind.DIRECT, two), people.second_handler, "canarydirecttwo", TOURIST | SECOND),
        (place(PlaceKind.JOINT), people.handler, "canaryjoint", TOURIST | AGENCY | SECOND | MEDIATOR),
        (place(PlaceKind.CAUCUS, complainant), people.tourist, "canarycaucustourist", TOURIST | MEDIATOR),
        (place(PlaceKind.CAUCUS, one), people.handler, "canarycaucusone", AGENCY | MEDIATOR),
        (place(PlaceKind.CAUCUS, two), people.second_handler, "canarycaucustwo", SECOND | MEDIATOR),
        (place(PlaceKind.INSIDE, organisation=people.body), people.officer, "canaryinsidebody", BODY),
        (place(PlaceKind.INSIDE, organisation=people.agency), people.handler, "canaryinsideagency", AGENCY),
        (place(PlaceKind.NOTES), people.mediator, "canarynotes", MEDIATOR),
        (place_at_court(case.id), people.tourist, "canarycourt", TOURIST | AGENCY | COURT),
        (place(PlaceKind.OWN), people.tourist, "canaryown", TOURIST),
    ]


def _respondents(case: TheCase) -> list[Party]:
    wanted = select(Party).where(Party.case_id == case.id, Party.side == "respondent")
    return list(db.session().scalars(wanted.order_by(Party.number)))


def _talk(case: TheCase, place: Place, by: Actor, word: str, readers: frozenset[str]) -> Secret:
    """Words and a file whose name is the secret, laid there as a command would."""
    case.at += builders.HOUR
    place_id, kind = place.id, place.kind
    file = items.StoredFile("0" * 64, 3, "text", "text/plain", f"{word}.txt", {})
    with unit_of_work() as session:
        steps.lock(session, case.id)
        there = items.place_for(session, place_id, case.id)
        said = items.add_item(session, there, items.TALK, by=by, at=case.at, words=Words(f"{word} said", "en"))
        held = items.add_item(session, there, items.FILE, by=by, at=case.at, file=file)
        steps.take(case.id, "case.write", by=by, at=case.at, place_id=place_id, digests=(said.digest, held.digest))
    return Secret(word, kind, readers)


def _fields(case: TheCase) -> list[Secret]:
    """Contacts, identity and bank: masked to staff, never shown to the other side."""
    planted = {
        DetailKind.PHONE: ("+8613912345678", TOURIST),
        DetailKind.EMAIL: ("canary.mail@people.example", TOURIST),
        DetailKind.IDENTITY: ("310101199001011234", TOURIST),
        DetailKind.ADDRESS: ("canaryaddress road 1", TOURIST),
        DetailKind.BANK: ("6222020000canarybank", TOURIST),
    }
    assert case.people.tourist.person_id is not None
    with unit_of_work():
        for kind, (value, _) in planted.items():
            persons.set_detail(case.people.tourist.person_id, kind, value, case.at)
    return [Secret(value, kind.value, readers) for kind, (value, readers) in planted.items()]
