"""Lodging as a command: by the pages, at the counter and by the demo, all by one door."""

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.cast import people
from tests.intake.tourist import AT, found_bodies
from tourism_odr.cases.items import Words
from tourism_odr.cases.models import Case, Clock, Event
from tourism_odr.cases.opening import Claimed, Complaint, NamedRespondent
from tourism_odr.db import db, unit_of_work
from tourism_odr.intake.commands.drafts import PageWritten, save_page
from tourism_odr.intake.commands.lodging import (
    LODGING,
    LodgeComplaint,
    TooManyError,
    Visitor,
    lodge_complaint,
    send_draft,
)
from tourism_odr.intake.models import Draft
from tourism_odr.people import limits, links, persons
from tourism_odr.people.models import DetailKind, SecretLink
from tourism_odr.people.secrets import hash_secret


def command(body: UUID, agency: UUID | None = None) -> LodgeComplaint:
    complaint = Complaint(
        body, "cn-sh", "visa", "outbound", "web", "en", Words("The visa came too late.", "en"),
        (NamedRespondent("云帆", agency),), (Claimed("advise"),), mediation=True,
    )  # fmt: skip
    return LodgeComplaint(complaint, name="Lin", phone="+8613812345678")


def test_lodging_makes_person_case_link_and_code(app: Flask) -> None:
    body, agency = found_bodies()

    lodged = lodge_complaint(command(body, agency), at=AT)

    assert db.session.get_one(Case, lodged.case_id).number == lodged.number
    assert persons.details(lodged.person_id)[DetailKind.PHONE] == "+8613812345678"
    assert links.printed_code_is_of(lodged.person_id, lodged.case_id, lodged.code)
    assert db.session.scalars(select(SecretLink.secret_hash)).one() == hash_secret(lodged.link)


def test_the_day_of_receipt_starts_the_body_s_time(app: Flask) -> None:
    body, _agency = found_bodies()

    first = lodge_complaint(command(body), at=AT, received_at=AT)
    earlier = lodge_complaint(command(body), at=AT, received_at=AT - timedelta(days=7))

    due = {row.case_id: row.due_at for row in db.session.scalars(select(Clock).where(Clock.name == "decide"))}
    assert due[earlier.case_id] < due[first.case_id]


def test_an_officer_lodges_for_somebody_at_the_counter(app: Flask) -> None:
    with unit_of_work() as session:
        cast = people(session)

    lodged = lodge_complaint(command(cast.body), by=cast.officer, at=AT)

    event = db.session.scalars(select(Event).where(Event.step == "case.lodge", Event.case_id == lodged.case_id)).first()
    assert event is not None
    assert event.role == "duty-officer"


def test_a_draft_sent_again_answers_the_same_case(app: Flask) -> None:
    body, _agency = found_bodies()
    secret = save_page(None, PageWritten("story", {"story": ["x"]}), AT)

    first, second = (send_draft(secret, command(body), at=AT, visitor=Visitor("127.0.0.1", "")) for _ in range(2))

    assert first == second
    assert db.session.scalar(select(func.count(Case.id))) == 1
    row = db.session.scalars(select(Draft)).one()
    assert first.link.encode() not in (row.handed or b"")


def test_lodging_needs_few_statements(app: Flask, statements: list[str]) -> None:
    body, agency = found_bodies()
    lodge_complaint(command(body, agency), at=AT)
    statements.clear()

    lodge_complaint(command(body, agency), at=AT)

    changing = [text for text in statements if not text.startswith(("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA"))]
    assert len(changing) <= 50, "\n".join(text[:90] for text in changing)


def test_too_many_complaints_from_one_connection_leave_the_draft_as_it_is(app: Flask) -> None:
    body, _agency = found_bodies()
    secret = save_page(None, PageWritten("story", {"story": ["x"]}), AT)
    for _ in range(LODGING.tries):
        limits.within("lodge", "192.0.2.7", AT, LODGING)

    with pytest.raises(TooManyError):
        send_draft(secret, command(body), at=AT, visitor=Visitor("192.0.2.7", ""))

    assert db.session.scalar(select(func.count(Case.id))) == 0
    assert db.session.scalars(select(Draft)).one().case_id is None
