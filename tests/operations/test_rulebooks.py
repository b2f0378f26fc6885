"""The command `rulebooks`: every rule with what rests on it, and a change rehearsed before it is switched on."""

import json
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from tests import builders
from tourism_odr.cases.models import Clock
from tourism_odr.cli import main
from tourism_odr.db import db, unit_of_work
from tourism_odr.operations import rulebooks
from tourism_odr.rulebooks import BadRulebook, profile

JUNE = datetime(2026, 6, 1, 2, tzinfo=UTC)


def changed(folder: Path, name: str, *pairs: tuple[str, str]) -> Path:
    """The shipped file with words exchanged."""
    text = (files("tourism_odr.rulebooks") / "data" / name).read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    made = folder / name
    made.write_text(text, encoding="utf-8")
    return made


def rehearsed(path: Path) -> list[rulebooks.Difference]:
    shelf = rulebooks.changed_shelf(path)
    return list(rulebooks.rehearse(db.session(), shelf, date(2026, 5, 1), date(2026, 7, 1)))


def test_the_check_names_every_rule_with_its_grade_and_the_cases_that_rest_on_it(app):
    number = builders.case_row(builders.a_case("lodged", at=JUNE)).number

    rules = {line["rule_id"]: line for line in rulebooks.every_line(db.session())}

    decide = rules["cn-complaints@2026-03-15/decide"]
    assert (decide["rule"], decide["grade"], decide["open_cases"]) == ("complaint.accept", "secondary", [number])
    assert rules["cn-complaints@2026-03-15/answer"]["warns_only"]
    assert rules["cn-complaints@2010-07-01/decide"]["open_clocks"] == 0
    assert all(line["article"] or line["kind"] == "house" for line in rules.values())


def test_the_check_of_the_data_alone_needs_no_database():
    done = CliRunner().invoke(main, ["rulebooks", "check", "--data-only", "--json"])

    found = json.loads(done.output)
    assert (done.exit_code, found["ok"]) == (0, True)
    assert found["calendars"]["cn"]["last_year"] == 2026


def test_a_changed_number_is_rehearsed_over_what_happened_and_changes_nothing(app, tmp_path):
    builders.a_case("lodged", at=JUNE)
    with unit_of_work() as session:
        decided = session.scalars(select(Clock).where(Clock.name == "decide")).one()
        decided.status, decided.ended_at = "met", datetime(2026, 6, 2, 9, tzinfo=UTC)

    found = rehearsed(changed(tmp_path, "cn-complaints-2026.toml", ("count = 2", "count = 1"), ("warn = [1]\n", "")))

    assert [(one.clock, one.effect) for one in found] == [("decide", "the same outcome")]
    assert ("2026-06-03" in found[0].was, "2026-06-02" in found[0].would_be) == (True, True)
    assert db.session().scalars(select(Clock.day).where(Clock.name == "decide")).one() == date(2026, 6, 3)
    assert profile("cn-sh", date(2026, 6, 1)).rule("decide").count == 2


def test_a_rehearsal_says_who_would_have_been_late(app, tmp_path):
    builders.a_case("lodged", at=JUNE)
    with unit_of_work() as session:
        decided = session.scalars(select(Clock).where(Clock.name == "decide")).one()
        decided.status, decided.ended_at = "met", datetime(2026, 6, 3, 9, tzinfo=UTC)

    found = rehearsed(changed(tmp_path, "cn-complaints-2026.toml", ("count = 2", "count = 1"), ("warn = [1]\n", "")))

    assert [one.effect for one in found] == ["met, would have been missed"]


def test_a_new_version_of_a_law_takes_over_on_its_first_day(app, tmp_path):
    builders.a_case("lodged", at=JUNE)
    later = changed(
        tmp_path, "cn-complaints-2026.toml", ("valid_from = 2026-03-15", "valid_from = 2026-06-01"), ("count = 2", "count = 3"),
    ).rename(tmp_path / "cn-complaints-june.toml")  # fmt: skip

    found = rehearsed(later)

    assert {one.clock for one in found} == {"decide"}
    assert "2026-06-04" in found[0].would_be


def test_a_changed_file_that_misleads_is_refused(tmp_path):
    with pytest.raises(BadRulebook, match="colour"):
        rulebooks.changed_shelf(changed(tmp_path, "house.toml", ('series = "house"', 'series = "house"\ncolour = 1')))
