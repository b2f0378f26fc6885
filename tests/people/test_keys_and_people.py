"""A person's details are closed with their own key; destroying it leaves nothing to read."""

from datetime import UTC, datetime

import pytest
from cryptography.exceptions import InvalidTag
from flask import Flask
from sqlalchemy import inspect, text

from tourism_odr.db import Base, db, unit_of_work
from tourism_odr.people import contacts, keys, persons
from tourism_odr.people.models import DetailKind, PersonDetail

AT = datetime(2026, 3, 14, 2, 0, tzinfo=UTC)


def everything() -> str:
    present = inspect(db.engine).get_table_names()
    rows = [db.session.execute(Base.metadata.tables[name].select()) for name in present if name in Base.metadata.tables]
    return "\n".join(str(tuple(row)) for found in rows for row in found)


def test_no_detail_stands_in_the_database_in_clear(app: Flask) -> None:
    with unit_of_work():
        person = persons.create_person(
            locale="zh-Hans", name="林小雨", phone="+8613812341234", email="lin@mail.example", at=AT
        )

    stored = everything()

    assert persons.details(person)[DetailKind.NAME] == "林小雨"
    assert not any(word in stored for word in ("林小雨", "13812341234", "lin@mail.example"))


def test_somebody_erased_has_no_details_and_cannot_be_found(app: Flask) -> None:
    with unit_of_work():
        person = persons.create_person(locale="en", name="Ana", email="ana@mail.example", at=AT)
        key = keys.keys_of([person])[person]
        row = db.session.scalars(db.select(PersonDetail).where(PersonDetail.kind == "name")).one()
        copy = row.sealed

    with unit_of_work():
        persons.erase(person, AT)

    assert keys.unseal(key, person, "name", copy) == "Ana"
    assert persons.details(person) == {}
    assert keys.keys_of([person]) == {}
    assert persons.find_by_contact(DetailKind.EMAIL, "ana@mail.example") == []
    assert db.session.scalar(text("select count(*) from person")) == 1


def test_a_detail_moved_to_another_person_does_not_open(app: Flask) -> None:
    with unit_of_work():
        first = persons.create_person(locale="en", name="Ana", at=AT)
        second = persons.create_person(locale="en", name="Ben", at=AT)
    opened = keys.keys_of([first, second])

    sealed = keys.seal(opened[first], first, "name", "Ana")

    with pytest.raises(InvalidTag):
        keys.unseal(opened[first], second, "name", sealed)


def test_a_new_field_key_takes_over_and_the_old_one_can_go(app: Flask, settings) -> None:
    old = list(settings.field_keys())
    with unit_of_work():
        person = persons.create_person(locale="en", email="ana@mail.example", at=AT)

    new = b"n" * 44
    keys.use(lambda: [new, *old])
    with unit_of_work():
        moved = persons.rewrap()
    keys.use(lambda: [new])

    assert moved == 1
    assert persons.find_by_contact(DetailKind.EMAIL, "ana@mail.example") == [person]
    assert persons.details(person) == {DetailKind.EMAIL: "ana@mail.example"}


def test_a_changed_contact_is_unverified_again(app: Flask) -> None:
    with unit_of_work():
        person = persons.create_person(locale="en", email="ana@mail.example", at=AT)
        persons.verify_contact(person, DetailKind.EMAIL, AT)
    before = persons.verified_contacts(person)

    with unit_of_work():
        persons.set_detail(person, DetailKind.EMAIL, "other@mail.example", AT)

    assert before == {DetailKind.EMAIL: "ana@mail.example"}
    assert persons.verified_contacts(person) == {}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("138 1234 1234", "+8613812341234"),
        ("+86-138-1234-1234", "+8613812341234"),
        ("００８６１３８１２３４１２３４", "+8613812341234"),
        ("021-62345678", "+862162345678"),
        ("+44 20 7946 0958", "+442079460958"),
        ("12", None),
        ("+8612345678901", None),
        ("call me", None),
    ],
)
def test_a_telephone_number_is_read_however_it_was_typed(typed: str, meant: str | None) -> None:
    assert contacts.phone(typed) == meant


@pytest.mark.parametrize("typed", ["a@b", "a b@mail.example", "a@mail.example\r\nBcc: x@y.zz", "@mail.example", "a..b@c.dd"])
def test_what_is_no_single_address_is_refused(typed: str) -> None:
    assert contacts.email(typed) is None


def test_contacts_are_shown_half() -> None:
    assert contacts.masked(DetailKind.PHONE, "+8613812341234") == "138****1234"
    assert contacts.masked(DetailKind.EMAIL, "lin@mail.example") == "l***@mail.example"
    assert contacts.masked(DetailKind.IDENTITY, "310101199001011234") == "310***********1234"
