"""Service, reminders, powers and mediators by their commands."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import AT, HOUR, TheCase, a_case, case_row
from tests.intake.officer import letters, version
from tourism_odr.cases import steps
from tourism_odr.cases.deadlines import proposed
from tourism_odr.cases.errors import MovedOnError, UnmetNeedError
from tourism_odr.cases.items import StoredFile, Words
from tourism_odr.cases.models import Clock, Document, Notice, Party, Power, Service
from tourism_odr.clock import local_day
from tourism_odr.db import db, unit_of_work
from tourism_odr.intake.commands import (
    counter,
    mediators,
    reminders,
    service,
)
from tourism_odr.mediation.commands import powers
from tourism_odr.people import links
from tourism_odr.people.actor import THE_CLOCK
from tourism_odr.people.refusal import RefusedError

PROOF = StoredFile("0" * 64, 10, "image", "image/jpeg", "回执.jpg", {})


def clock(case: TheCase, name: str, subject_id: UUID | None = None) -> Clock:
    """The clock of that name that was started last."""
    rows = select(Clock).where(Clock.subject_id == (subject_id or case.id), Clock.name == name)
    return db.session().scalars(rows.order_by(Clock.started_at.desc())).all()[0]


def send(case: TheCase, day: date = date(2026, 10, 20), method: str = "invitation") -> UUID:
    command = service.SendService(case.id, case.respondent, version(case.respondent), day, method)
    return service.send(command, by=case.people.officer, at=case.at + HOUR)


def test_a_weak_number_makes_the_officers_letter_the_basis_even_when_the_proposal_is_kept(app: Flask) -> None:
    case = a_case("accepted")
    due = proposed(case_row(case), "answer", case.at + HOUR)

    sent = send(case, due.day)

    assert due.weak
    assert db.session().get_one(Service, sent).basis == "officer"


def test_under_the_measures_of_2010_the_kept_proposal_is_the_basis(app: Flask) -> None:
    case = a_case("accepted", at=datetime(2026, 3, 10, 1, tzinfo=UTC))
    due = proposed(case_row(case), "answer", case.at + HOUR)

    sent = send(case, due.day)

    assert not due.weak
    assert db.session().get_one(Service, sent).basis == "rulebook"


def test_a_date_for_the_answer_lies_after_today(app: Flask) -> None:
    case = a_case("accepted")

    with pytest.raises(RefusedError, match="after today"):
        send(case, local_day(AT))


def test_a_letter_under_way_is_proven_and_not_sent_twice(app: Flask) -> None:
    case = a_case("accepted")
    send(case)

    with pytest.raises(RefusedError, match="on its way"):
        send(case)


def test_the_service_knows_the_message_that_carries_its_letter(app: Flask) -> None:
    case = a_case("accepted")

    sent = send(case)

    notice = db.session().get_one(Notice, db.session().get_one(Service, sent).notice_id)
    assert notice.template == "service/send/respondent"


def test_an_inbox_counts_only_where_the_operator_agreed_to_it(app: Flask) -> None:
    case = a_case("accepted")

    with pytest.raises(RefusedError, match="has not agreed"):
        send(case, method="inbox")


def test_arrival_in_an_agreed_inbox_is_service(app: Flask) -> None:
    case = a_case("accepted")
    with unit_of_work():
        service.organisation(case.people.agency).settings = {service.AGREED_INBOX: True}

    sent = send(case, method="inbox")

    assert (case.stage(sent), case.stage(case.respondent)) == ("served", "awaiting-answer")


def prove(case: TheCase, sent: UUID, delivered: date, answer: date | None = None) -> None:
    command = service.ProveService(case.id, sent, version(sent), "post", delivered, PROOF, answer)
    service.prove(command, by=case.people.officer, at=case.at + 2 * HOUR)


def test_a_delivery_by_post_with_its_proof_serves_the_respondent(app: Flask) -> None:
    case = a_case("accepted")
    sent = send(case)

    prove(case, sent, local_day(AT))

    row = db.session().get_one(Service, sent)
    assert (row.method, case.stage(case.respondent)) == ("post", "awaiting-answer")
    assert row.proof_id is not None
    assert clock(case, "answer", case.respondent).day == date(2026, 10, 20)


def test_the_answer_is_counted_from_the_day_of_delivery_and_not_from_its_entry(app: Flask) -> None:
    case = a_case("accepted", at=datetime(2026, 3, 2, 1, tzinfo=UTC))
    sent = send(case, proposed(case_row(case), "answer", case.at).day)
    case.at += timedelta(days=12)

    prove(case, sent, date(2026, 3, 4), date(2026, 3, 16))

    found = clock(case, "answer", case.respondent).derivation
    assert (found["start_day"], found["proof"]) == ("2026-03-04", "post")


def test_a_delivery_in_the_future_is_refused(app: Flask) -> None:
    case = a_case("accepted")
    sent = send(case)

    with pytest.raises(RefusedError, match="day of delivery"):
        prove(case, sent, date(2026, 12, 1))


def test_a_service_that_failed_after_all_lets_the_respondent_be_served_again(app: Flask) -> None:
    case = a_case("served")
    steps_at = case.at + HOUR
    with unit_of_work():
        steps.take(case.respondent, "respondent.fall-silent", by=THE_CLOCK, at=steps_at)
    served = case.services[0]

    service.revoke(service.RevokeService(case.id, served, version(served), "退信"), by=case.people.officer, at=steps_at + HOUR)
    case.at = steps_at + HOUR
    send(case, date(2026, 11, 2))

    record = db.session().scalars(select(Document).where(Document.case_id == case.id, Document.kind == "non-response")).one()
    assert case.stage(case.respondent) == "awaiting-service"
    assert record.revoked_at is not None


def silent(case: TheCase) -> None:
    with unit_of_work():
        steps.take(case.respondent, "respondent.fall-silent", by=THE_CLOCK, at=case.at + HOUR)


def test_a_reminder_sets_the_officers_date_and_is_sent_once(app: Flask) -> None:
    case = a_case("served")
    silent(case)
    day = date(2026, 10, 28)

    reminders.remind(
        reminders.Remind(case.id, case.respondent, version(case.respondent), day), by=case.people.officer, at=case.at + 2 * HOUR
    )

    assert clock(case, "reminder-answer", case.respondent).day == day
    with pytest.raises(MovedOnError):
        reminders.remind(
            reminders.Remind(case.id, case.respondent, version(case.respondent), day), by=case.people.officer, at=case.at + 3 * HOUR
        )


def test_identifying_somebody_ends_the_old_link_and_code(app: Flask) -> None:
    case = a_case()
    person = case.people.tourist.person_id or uuid4()
    with unit_of_work():
        old = links.make_link(person, case.id, links.LinkScope.FULL, AT)
    party = db.session().scalars(select(Party.id).where(Party.case_id == case.id, Party.side == "complainant")).one()

    made = counter.identify(counter.IdentifyPerson(case.id, party, "passport"), by=case.people.officer, at=AT + HOUR)

    assert links.find_link(old) is None
    assert links.find_link(made.link) is not None
    assert links.printed_code_is_of(person, case.id, made.code)


def a_power(case: TheCase) -> UUID:
    with unit_of_work() as session:
        power = Power(id=uuid4(), case_id=case.id, party_id=case.respondent, person_id=case.people.handler.person_id or uuid4(),
                      kind="written-power", scopes=["settle", "sign"], since=case.at)  # fmt: skip
        session.add(power)
        return power.id


def test_a_power_is_checked_by_an_officer_once(app: Flask) -> None:
    case = a_case("served")
    power = a_power(case)
    command = powers.CheckPower(case.id, case.respondent, power, sound=True)

    powers.check_power(command, by=case.people.officer, at=case.at + HOUR)

    assert db.session().get_one(Power, power).checked_by == case.people.officer.person_id
    with pytest.raises(MovedOnError):
        powers.check_power(command, by=case.people.officer, at=case.at + HOUR)


def test_a_power_that_does_not_hold_is_turned_down_with_a_reason(app: Flask) -> None:
    case = a_case("served")
    power = a_power(case)

    powers.check_power(
        powers.CheckPower(case.id, case.respondent, power, sound=False, reason=Words("未盖章", "zh-Hans")), by=case.people.officer, at=case.at + HOUR
    )

    assert db.session().get_one(Power, power).checked_at is None
    assert letters(case, "file") == ["未盖章"]


def test_a_mediator_is_asked_and_a_second_one_only_after_replacement(app: Flask) -> None:
    case = a_case("mediation")
    person = case.people.mediator.person_id or uuid4()

    asked = mediators.assign(mediators.AssignMediator(case.id, person), by=case.people.officer, at=case.at + HOUR)
    with pytest.raises(RefusedError, match="has a mediator"):
        mediators.assign(mediators.AssignMediator(case.id, person), by=case.people.officer, at=case.at + HOUR)
    mediators.replace(
        mediators.ReplaceMediator(case.id, asked, version(asked), "unavailable"), by=case.people.officer, at=case.at + 2 * HOUR
    )

    assert case.stage(asked) == "replaced"


def test_the_replaced_mediator_is_not_asked_again_in_the_case(app: Flask) -> None:
    case = a_case("mediation")
    person = case.people.mediator.person_id or uuid4()
    asked = mediators.assign(mediators.AssignMediator(case.id, person), by=case.people.officer, at=case.at + HOUR)
    mediators.replace(
        mediators.ReplaceMediator(case.id, asked, version(asked), "unavailable"), by=case.people.officer, at=case.at + 2 * HOUR
    )

    with pytest.raises(UnmetNeedError):
        mediators.assign(mediators.AssignMediator(case.id, person), by=case.people.officer, at=case.at + 3 * HOUR)
