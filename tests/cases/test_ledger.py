"""The ledger holds codes, ids and times, and notices whatever is done to it."""

from uuid import uuid4

import pytest
from sqlalchemy import select, text

from tests import builders
from tourism_odr.cases import items, ledger, steps
from tourism_odr.cases.ledger import Fault, PersonInLedgerError, verify_all
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.models import Event, ItemText, Place
from tourism_odr.db import db, unit_of_work

COLUMNS = {
    "id", "case_id", "place_id", "number", "subject_id", "step", "at", "role", "actor", "party", "facts",
    "digests", "previous", "hash",
}  # fmt: skip
PERSONAL = [
    {"name": "林晓彤"},
    {"reason": "林晓彤"},
    {"reason": "they were rude"},
    {"day": 3.5},
    {"to": ["a"]},
    {"phone": "1"},
]


def faults() -> list[Fault]:
    return [found for found in verify_all(db.session()) if isinstance(found, Fault)]


def tamper(statement: str, **values: object) -> None:
    """What only somebody with the database's own rights could do: take the guard away first."""
    with unit_of_work() as session:
        on = " ON event" if session.get_bind().dialect.name == "postgresql" else ""
        for verb in ("update", "delete"):
            session.execute(text(f"DROP TRIGGER event_refuses_{verb}{on}"))
        session.execute(text(statement), values)
    db.session().expire_all()


def test_an_event_has_no_column_for_anything_of_a_person():
    assert set(Event.__table__.columns.keys()) == COLUMNS


@pytest.mark.parametrize("facts", PERSONAL)
def test_the_ledger_refuses_words_and_undeclared_keys(app, facts):
    made = builders.a_case()

    with pytest.raises(PersonInLedgerError), unit_of_work():
        steps.take(
            made.id,
            "case.write",
            by=made.people.tourist,
            at=made.at,
            place_id=made.place(PlaceKind.FILE).id,
            facts=facts,
        )

    assert "case.write" not in set(db.session().scalars(select(Event.step)))


@pytest.mark.parametrize("key", sorted(ledger.FACT_KEYS))
def test_every_declared_key_takes_a_code(key):
    assert ledger.checked({key: "a-code"}) == {key: "a-code"}


def test_every_chain_of_a_whole_road_holds(app):
    builders.a_case("performed", respondents=2)

    assert faults() == []


def test_an_altered_line_is_named(app):
    builders.a_case("accepted")

    tamper("UPDATE event SET step = 'case.withdraw' WHERE step = 'case.accept'")

    assert {fault.what for fault in faults()} == {"altered"}


def test_a_line_whose_facts_are_no_json_any_more_is_named(app):
    builders.a_case("accepted")
    if db.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL itself refuses what is no JSON")

    tamper("UPDATE event SET facts = '{' WHERE step = 'case.accept'")

    assert {fault.what for fault in faults()} == {"altered"}


def test_words_cannot_move_from_one_column_into_another(app):
    builders.a_case("accepted")

    tamper("""UPDATE event SET step = 'case.accept","subject":"x' WHERE step = 'case.accept'""")

    assert {fault.what for fault in faults()} == {"altered"}


def test_a_removed_line_is_named(app):
    made = builders.a_case("accepted")
    last = db.session().scalar(select(Event.id).where(Event.step == "respondent.expect"))
    assert last

    tamper("DELETE FROM event WHERE step = 'respondent.expect'")

    assert [(fault.case_id, fault.what) for fault in faults()] == [(made.id, "missing at the end")]


def test_numbers_of_a_place_have_no_gaps_and_tell_nothing_of_other_places(app):
    made = builders.a_case("offered", respondents=2)

    for place in db.session().scalars(select(Place).where(Place.case_id == made.id)):
        numbers = (
            db.session()
            .scalars(select(Event.number).where(Event.place_id == place.id).order_by(Event.number))
            .all()
        )
        assert list(numbers) == list(range(1, place.events + 1))


def test_words_can_be_erased_while_the_chain_still_holds(app):
    made = builders.a_case()
    with unit_of_work() as session:
        for row in session.scalars(select(ItemText)):
            row.body, row.salt = "", ""

    assert (faults(), made.stage()) == ([], "lodged")


def test_a_digest_is_salted_so_that_short_words_cannot_be_guessed(app):
    made = builders.a_case()
    with unit_of_work() as session:
        steps.lock(session, made.id)
        place = made.place(PlaceKind.FILE)
        words = items.Words("是", "zh-Hans")
        pair = [
            items.add_item(session, place, items.TALK, by=made.people.tourist, at=made.at, words=words)
            for _ in range(2)
        ]
        digests = {item.digest for item in pair}
        steps.take(
            made.id,
            "case.write",
            by=made.people.tourist,
            at=made.at,
            place_id=place.id,
            digests=tuple(digests),
        )

    assert len(digests) == 2


def test_an_unknown_place_has_no_chain(app):
    assert list(verify_all(db.session(), uuid4())) == [0]
