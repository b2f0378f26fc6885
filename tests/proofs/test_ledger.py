"""Whatever somebody with the database's own rights does to the ledger, ``verify`` names the first bad line."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests import builders
from tests.proofs.tally import Tally, extent
from tourism_odr.cases import ledger
from tourism_odr.cases.ledger import Fault, verify_all
from tourism_odr.cases.models import Event, Place
from tourism_odr.db import db

LINES = Event.__table__
OTHERS: dict[str, Callable[[Any, Random], Any]] = {
    "id": lambda _, __: uuid4(),
    "case_id": lambda _, __: uuid4(),
    "subject_id": lambda _, __: uuid4(),
    "step": lambda was, _: was + "x",
    "at": lambda was, dice: was + timedelta(microseconds=dice.randint(1, 10**9)),
    "role": lambda was, _: "head" if was != "head" else "officer",
    "actor": lambda was, _: None if was else uuid4(),
    "party": lambda was, _: None if was else uuid4(),
    "facts": lambda was, _: {**was, "number": was.get("number", 0) + 1 if isinstance(was.get("number"), int) else 1},
    "digests": lambda was, _: [*was, "0" * 64],
    "previous": lambda was, dice: _bit(was or "0" * 64, dice),
    "hash": lambda was, dice: _bit(was, dice),
}


@dataclass(frozen=True)
class Harm:
    """What was done, and where the first bad line must be named."""

    place_id: UUID
    numbers: frozenset[int]


def _bit(was: str, dice: Random) -> str:
    """One hexadecimal digit becomes another."""
    spot = dice.randrange(len(was))
    return was[:spot] + dice.choice([one for one in "0123456789abcdef" if one != was[spot]]) + was[spot + 1 :]


def faults() -> list[Fault]:
    return [found for found in verify_all(db.session()) if isinstance(found, Fault)]


@contextmanager
def as_its_owner() -> Iterator[Session]:
    """The guard is taken away, references too; everything is as before afterwards."""
    session: Session = db.session()
    session.rollback()
    session.connection(execution_options={"odr_writes": True})
    postgresql = session.get_bind().dialect.name == "postgresql"
    try:
        for verb in ("update", "delete", *(("truncate",) if postgresql else ())):
            session.execute(text(f"DROP TRIGGER event_refuses_{verb}" + (" ON event" if postgresql else "")))
        yield session
    finally:
        session.rollback()


def edit(session: Session, chain: list[Any], dice: Random) -> Harm:
    """One column of one line says something else."""
    line, column = dice.choice(chain), dice.choice(sorted(OTHERS))
    values = {column: OTHERS[column](getattr(line, column), dice)}
    session.execute(update(LINES).where(LINES.c.id == line.id).values(values))
    return Harm(line.place_id, frozenset({line.number}))


def rewrite(session: Session, chain: list[Any], dice: Random) -> Harm:
    """One line says something else and carries the right hash of it: the next one does not follow from it any more."""
    line = dice.choice(chain)
    forged = Event(**{**line._mapping, "step": "case.withdraw" if line.step != "case.withdraw" else "case.write"})
    forged.hash = ledger.link(forged)
    session.execute(update(LINES).where(LINES.c.id == line.id).values(step=forged.step, hash=forged.hash))
    return Harm(line.place_id, frozenset({line.number, line.number + 1} if line.number < len(chain) else {line.number}))


def remove(session: Session, chain: list[Any], dice: Random) -> Harm:
    """One line is gone."""
    line = dice.choice(chain)
    session.execute(delete(LINES).where(LINES.c.id == line.id))
    return Harm(line.place_id, frozenset({line.number}))


def cut(session: Session, chain: list[Any], dice: Random) -> Harm:
    """Everything from some line on is gone."""
    line = dice.choice(chain)
    session.execute(delete(LINES).where(LINES.c.place_id == line.place_id, LINES.c.number >= line.number))
    return Harm(line.place_id, frozenset({line.number}))


def swap(session: Session, chain: list[Any], dice: Random) -> Harm:
    """Two lines change their places."""
    if len(chain) == 1:
        return remove(session, chain, dice)
    one, other = sorted(dice.sample(chain, 2), key=lambda line: line.number)
    for line, number in ((one, 10**6), (other, one.number), (one, other.number)):
        session.execute(update(LINES).where(LINES.c.id == line.id).values(number=number))
    return Harm(one.place_id, frozenset({one.number}))


def add(session: Session, chain: list[Any], dice: Random) -> Harm:
    """A line more at the end, with or without the right hash."""
    last = chain[-1]
    values = {**last._mapping, "id": uuid4(), "number": last.number + 1, "previous": last.hash}
    forged = Event(**values)
    values["hash"] = ledger.link(forged) if dice.random() < 0.7 else last.hash
    session.execute(insert(LINES).values(values))
    return Harm(last.place_id, frozenset({last.number + 1}))


def squeeze_in(session: Session, chain: list[Any], dice: Random) -> Harm:
    """A line more in the middle, well linked to the one before; all later ones move up."""
    line = dice.choice(chain)
    for later in reversed(chain[line.number - 1 :]):
        session.execute(update(LINES).where(LINES.c.id == later.id).values(number=later.number + 1))
    values = {**line._mapping, "id": uuid4()}
    values["hash"] = ledger.link(Event(**values))
    session.execute(insert(LINES).values(values))
    return Harm(line.place_id, frozenset({line.number, line.number + 1}))


def unplace(session: Session, chain: list[Any], dice: Random) -> Harm:
    """The place itself is gone, its lines are not."""
    session.execute(delete(Place.__table__).where(Place.__table__.c.id == chain[0].place_id))
    return Harm(chain[0].place_id, frozenset({1}))


HARMS = (edit, edit, edit, rewrite, remove, cut, swap, add, squeeze_in, unplace)


def test_every_harm_is_found_and_its_first_bad_line_named(app: Flask, tell: Tally) -> None:
    builders.a_case("performed", respondents=2)
    builders.a_case("mediated")
    chains = _chains()
    dice = Random(20261009)  # noqa: S311 - a proof that can be repeated
    wrong: list[str] = []
    done: dict[str, int] = dict.fromkeys((harm.__name__ for harm in HARMS), 0)
    assert faults() == []

    for _ in range(extent(150, 10_000)):
        harm, chain = dice.choice(HARMS), dice.choice(chains)
        with as_its_owner() as session:
            did = harm(session, chain, dice)
            found = faults()
        done[harm.__name__] += 1
        if [one.place_id for one in found] != [did.place_id] or found[0].number not in did.numbers:
            wrong.append(f"{harm.__name__}: {did} -> {found}")

    tell(mutations=sum(done.values()), **done, not_found_or_misnamed=len(wrong))
    assert not wrong, f"{len(wrong)}:\n" + "\n".join(wrong[:10])
    assert faults() == []


def _chains() -> list[list[Any]]:
    rows = db.session().execute(select(LINES).order_by(LINES.c.place_id, LINES.c.number)).all()
    return [[row for row in rows if row.place_id == place] for place in sorted({row.place_id for row in rows})]


@pytest.mark.parametrize("statement", ["UPDATE event SET step = step", "DELETE FROM event", "TRUNCATE event CASCADE"])
def test_the_database_itself_refuses_to_change_a_line(app: Flask, statement: str) -> None:
    builders.a_case()
    before = len(_chains())
    if statement.startswith("TRUNCATE") and db.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")
    db.session.rollback()
    session = db.session()
    session.connection(execution_options={"odr_writes": True})

    with pytest.raises(DBAPIError, match="only added to"):
        session.execute(text(statement))

    session.rollback()
    assert len(_chains()) == before
