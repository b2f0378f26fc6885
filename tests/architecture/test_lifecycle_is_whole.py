"""What the lifecycle tables promise, the rest of the code keeps."""

from datetime import date

import pytest

from tourism_odr.cases.consequences import FINDERS
from tourism_odr.cases.effects import EFFECTS
from tourism_odr.cases.lifecycle import ABOUT, NEW, OWN_PLACE, STEPS, TABLES, Need, PlaceKind, Role, Told
from tourism_odr.cases.needs import NEEDS
from tourism_odr.cases.steps import GIVEN, HOOKS
from tourism_odr.cases.telling import WHO
from tourism_odr.rulebooks import profile
from tourism_odr.text import say

KINDS = sorted(TABLES)
NAMES = sorted(STEPS)


@pytest.mark.parametrize("kind", KINDS)
def test_every_stage_can_be_reached(kind):
    table = TABLES[kind]
    seen, todo = {NEW}, [NEW]

    while todo:
        stage = todo.pop()
        for step in table.steps.values():
            if stage in step.leaves and step.enters and step.enters not in seen:
                seen.add(step.enters)
                todo.append(step.enters)

    assert seen == {NEW, *table.stages}


@pytest.mark.parametrize("kind", KINDS)
def test_every_stage_that_is_not_final_has_a_way_out(kind):
    table = TABLES[kind]

    for stage in table.stages:
        moves = [s for s in table.steps.values() if stage in s.leaves and s.enters not in (None, stage)]
        assert moves or stage in table.finals, stage


@pytest.mark.parametrize("kind", KINDS)
def test_every_waiting_stage_has_a_clock_or_is_watched_by_a_limit_of_the_case(kind):
    table = TABLES[kind]

    for stage in table.stages:
        entering = [s for s in table.steps.values() if s.enters == stage]
        clocked = all(set(s.starts) & set(table.when_missed) for s in entering)
        inherited = any(stage in TABLES[kind].steps[name].leaves for names in table.when_missed.values() for name in names)
        assert clocked or inherited or stage in table.finals | table.may_rest, stage


@pytest.mark.parametrize("name", NAMES)
def test_every_row_names_only_what_stands(name):
    step = STEPS[name]
    table = TABLES[step.kind]

    assert step.leaves <= {NEW, *table.stages}
    assert step.enters is None or step.enters in table.stages
    assert {then.step for then in step.then} <= set(STEPS)
    assert {then.to for then in step.then} <= set(FINDERS)
    assert set(step.effects) <= set(EFFECTS)
    assert set(step.places) <= {GIVEN, OWN_PLACE, ABOUT, *PlaceKind}
    assert all(Role.TABLE in STEPS[then.step].by for then in step.then)


def test_what_stands_is_named_by_a_row():
    named = {then.to for step in STEPS.values() for then in step.then}

    assert named == set(FINDERS)
    assert {effect for step in STEPS.values() for effect in step.effects} == set(EFFECTS)
    assert set(NEEDS) == set(Need)
    assert set(WHO) == set(Told)


@pytest.mark.parametrize("kind", KINDS)
def test_every_clock_has_a_consequence_that_only_the_clock_takes(kind):
    table = TABLES[kind]
    started = {clock for step in table.steps.values() for clock in step.starts}

    assert started == set(table.when_missed)
    for steps in table.when_missed.values():
        assert all(Role.CLOCK in STEPS[name].by for name in steps)


@pytest.mark.parametrize("day", ["2026-03-14", "2026-03-15", "2012-06-01"])
def test_every_clock_that_a_rulebook_can_start_is_in_it(day):
    book = profile("cn-sh", on=date.fromisoformat(day))
    started = {clock for step in STEPS.values() if book.offers(step.name) for clock in step.starts}

    known = {clock: book.joined(clock, date(2026, 11, 24)) for clock in started}  # a suit comes after the complaint
    missing = {clock for clock, rules in known.items() if rules is None}

    assert missing <= ({"conclude-local"} if day.startswith("2012") else set())
    for clock, rules in known.items():
        chosen = rules.rule(clock).when_missed if rules else None
        allowed = {name for table in TABLES.values() for name in table.when_missed.get(clock, ())}
        assert chosen is None or chosen in allowed, (clock, chosen)


def test_marked_steps_and_registered_functions_are_the_same(app):
    marked = {name for name, step in STEPS.items() if step.slices}

    assert marked == set(HOOKS)


def test_every_stage_and_step_has_a_title_in_each_language():
    titles = [title for table in TABLES.values() for title in table.stages.values()]
    titles += [words for step in STEPS.values() for words in (step.title, step.past)]

    untranslated = [title for title in titles if say(title, "zh-Hans") == title]

    assert not untranslated
