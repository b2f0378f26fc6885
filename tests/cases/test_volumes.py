"""Archive volumes are made once for each order, whoever works on it, and hold only what the body may keep."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests import builders
from tourism_odr.cases import binding, steps, volumes
from tourism_odr.cases.lifecycle import STEPS
from tourism_odr.cases.models import Volume, VolumeEntry, VolumeOrder
from tourism_odr.db import db, unit_of_work
from tourism_odr.jobs.volumes import make_ordered
from tourism_odr.rulebooks.archive import archive_rules

DAY = timedelta(days=1)


def count(model) -> int:
    return db.session().scalar(select(func.count()).select_from(model)) or 0


def withdrawn() -> builders.TheCase:
    made = builders.a_case("accepted")
    made.take("case.withdraw", made.people.tourist)
    return made


def test_what_ends_a_case_orders_its_volume_and_renders_nothing(app):
    made = withdrawn()

    order = db.session().scalars(select(VolumeOrder)).one()

    assert (order.case_id, order.done_at, count(Volume)) == (made.id, None, 0)


def test_every_end_of_a_case_orders_a_volume():
    ends = [step for step in STEPS.values() if "note-end" in step.effects]

    assert ends
    assert all(step.effects.index("order-volume") > step.effects.index("note-end") for step in ends)


def test_a_job_that_is_killed_before_it_saved_makes_one_volume_when_it_runs_again(app, monkeypatch):
    made = withdrawn()
    order = db.session().scalars(select(VolumeOrder.id)).one()
    with monkeypatch.context() as broken:
        broken.setattr(steps, "take", _killed)
        with pytest.raises(KeyboardInterrupt):
            binding.settle(order, made.at)
    nothing = count(Volume), count(VolumeEntry)

    again = make_ordered(made.at + DAY)
    once_more = make_ordered(made.at + DAY)

    assert (nothing, again, once_more, count(Volume)) == ((0, 0), 1, 0, 1)


def _killed(*_args, **_named):
    raise KeyboardInterrupt


def test_two_jobs_that_measured_the_same_order_make_one_volume(app, monkeypatch):
    made = withdrawn()
    order = db.session().scalars(select(VolumeOrder.id)).one()
    measure, late = binding.measured, []

    def slow(case_id, at):
        found = measure(case_id, at)
        if not late:
            late.append(True)
            assert binding.settle(order, at)
        return found

    monkeypatch.setattr(binding, "measured", slow)

    second = binding.settle(order, made.at)

    assert (second, count(Volume)) == (False, 1)


def test_pages_are_numbered_without_gaps_in_each_part(app):
    made = builders.a_case("signed")
    make_ordered(made.at)

    volume = db.session().scalars(select(Volume)).one()
    for part in ("public", "confidential"):
        entries = [one for one in volumes.entries_of(db.session(), volume.id) if one.part == part]
        page = 1
        for number, one in enumerate(entries, 1):
            assert (one.number, one.first_page) == (number, page)
            page += one.pages
        assert page > 1


def test_a_volume_that_is_not_filed_takes_in_what_came_since_and_a_filed_one_gets_a_supplement(app):
    made = builders.a_case("signed")
    make_ordered(made.at)
    made.take("instalment.report", made.people.handler, made.instalments[0])
    made.take("instalment.confirm", made.people.tourist, made.instalments[0])
    make_ordered(made.at)
    (volume,) = db.session().scalars(select(Volume)).all()
    held = [one.kind for one in volumes.entries_of(db.session(), volume.id)]

    with unit_of_work() as session:
        session.get_one(Volume, volume.id).filed_at = made.at
        session.add(VolumeOrder(case_id=made.id, supplement=False, created=made.at))
    make_ordered(made.at)

    assert "payment-receipt" in held
    assert count(Volume) == 1, "nothing new came, so there is nothing to supplement"


def test_the_longest_class_whose_sign_holds_counts():
    rules = archive_rules("cn")

    assert rules.retention_for({"applied", "refused"}).code == "permanent"
    assert rules.retention_for({"accepted"}).years == 30
    assert rules.retention_for({"refused"}).years == 10
