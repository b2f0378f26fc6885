"""Sessions end when they should; codes count once, for one thing, within five tries."""

from datetime import UTC, datetime, timedelta

from flask import Flask

from tests.account.doors import member
from tourism_odr.db import unit_of_work
from tourism_odr.people import codes, factors, limits, links, organisations, persons, sessions
from tourism_odr.people.models import LinkScope, OrganisationKind
from tourism_odr.people.roles import Role

AT = datetime(2026, 3, 14, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def tourist() -> tuple:
    with unit_of_work():
        person = persons.create_person(locale="en", name="Ana", at=AT)
        return person, sessions.open_session(person, AT)


def test_a_session_ends_after_thirty_idle_minutes(app: Flask) -> None:
    _, token = tourist()

    assert sessions.find(token, AT + 29 * MINUTE) is not None
    assert sessions.find(token, AT + 30 * MINUTE) is None


def test_a_session_ends_after_twelve_hours_however_busy(app: Flask) -> None:
    _, token = tourist()

    for quarter in range(1, 48):
        at = AT + 15 * quarter * MINUTE
        living = sessions.find(token, at)
        assert living is not None
        with unit_of_work():
            sessions.touch(living, at)

    assert sessions.find(token, AT + timedelta(hours=12)) is None


def test_ending_all_sessions_ends_them_at_once_but_the_one_kept(app: Flask) -> None:
    person, token = tourist()
    living = sessions.find(token, AT)
    with unit_of_work():
        other = sessions.open_session(person, AT)

    with unit_of_work():
        sessions.end_all(person, AT, but=living.session_id)

    assert sessions.find(other, AT) is None
    assert sessions.find(token, AT) is not None


def test_who_is_suspended_or_loses_the_role_is_out_at_once(app: Flask) -> None:
    clerk = member("clerk@court.example", Role.CLERK, OrganisationKind.COURT, AT)
    with unit_of_work():
        first = sessions.open_session(clerk.person_id, AT, membership_id=clerk.membership_id)
        organisations.end_membership(clerk.membership_id, AT + MINUTE)
        second = sessions.open_session(clerk.person_id, AT)
        factors.suspend(clerk.person_id, AT + MINUTE)

    assert sessions.find(first, AT + MINUTE) is None
    assert sessions.find(second, AT + MINUTE) is None


def test_another_role_is_acted_in_under_another_token_of_no_longer_life(app: Flask) -> None:
    judge = member("judge@court.example", Role.JUDGE, OrganisationKind.COURT, AT)
    with unit_of_work():
        clerk = organisations.add_member(judge.person_id, judge.organisation_id, Role.CLERK, AT)
        old = sessions.open_session(judge.person_id, AT, membership_id=judge.membership_id)
    living = sessions.find(old, AT)

    with unit_of_work():
        new = sessions.switch(living, clerk, AT + MINUTE)

    assert new is not None
    assert new != old
    assert sessions.find(old, AT + MINUTE) is None
    assert sessions.find(new, AT + MINUTE).actor.role == Role.CLERK
    assert sessions.find(new, AT + timedelta(hours=12)) is None


def test_a_code_counts_once_for_its_person_purpose_and_subject(app: Flask) -> None:
    person, _ = tourist()
    other, _ = tourist()
    with unit_of_work():
        code_id, code = codes.make_code(person, "sign", "text A", AT)

    assert not codes.try_code(code_id, person, "sign", "text B", code, AT)
    assert not codes.try_code(code_id, other, "sign", "text A", code, AT)
    assert not codes.try_code(code_id, person, "withdraw", "text A", code, AT)
    assert codes.try_code(code_id, person, "sign", "text A", f" {code[:3]} {code[3:]}", AT)
    with unit_of_work():
        assert codes.spend(code_id, AT)
        assert not codes.spend(code_id, AT)
    assert codes.check_code(person, "sign", "text A", code, AT) is None


def test_the_sixth_try_fails_even_with_the_right_code(app: Flask) -> None:
    person, _ = tourist()
    with unit_of_work():
        code_id, code = codes.make_code(person, "sign", "text", AT)
    wrong = "000000" if code != "000000" else "111111"

    for _ in range(5):
        assert codes.check_code(person, "sign", "text", wrong, AT) is None

    assert not codes.try_code(code_id, person, "sign", "text", code, AT)


def test_a_code_lapses_after_ten_minutes_and_when_a_new_one_is_made(app: Flask) -> None:
    person, _ = tourist()
    with unit_of_work():
        first, code = codes.make_code(person, "sign", "text", AT)

    assert not codes.try_code(first, person, "sign", "text", code, AT + 10 * MINUTE)
    with unit_of_work():
        second, _ = codes.make_code(person, "sign", "text", AT + MINUTE)
    assert not codes.try_code(first, person, "sign", "text", code, AT + MINUTE)
    assert codes.latest(person, "sign", "text", AT + MINUTE) == second


def test_a_limit_counts_from_the_first_try_and_opens_again_after_its_window(app: Flask) -> None:
    window = 15 * MINUTE

    within = [limits.allow("look-up", "here", AT, 5, window) for _ in range(6)]

    assert within == [True] * 5 + [False]
    assert limits.allow("look-up", "elsewhere", AT, 5, window)
    assert not limits.allow("look-up", "here", AT + 14 * MINUTE, 5, window)
    assert limits.allow("look-up", "here", AT + 15 * MINUTE, 5, window)


def test_a_renewed_link_ends_the_old_one_its_session_and_the_old_printed_code(app: Flask) -> None:
    person, _ = tourist()
    with unit_of_work():
        secret = links.make_link(person, None, LinkScope.FULL, AT)
        printed = links.make_printed_code(person, None, AT)
        token = links.open_link(secret, AT)

    with unit_of_work():
        new_secret, new_printed = links.renew(person, None, AT)

    assert links.find_link(secret) is None
    assert sessions.find(token, AT) is None
    assert links.find_printed_code(printed) is None
    assert links.find_link(new_secret) is not None
    assert links.find_printed_code(new_printed.lower().replace("-", " ")) is not None


def test_an_authenticator_code_counts_once(app: Flask) -> None:
    clerk = member("clerk@court.example", Role.CLERK, OrganisationKind.COURT, AT)
    later = AT + MINUTE

    with unit_of_work():
        first = factors.totp_matches(clerk.person_id, clerk.code(later), later)
        again = factors.totp_matches(clerk.person_id, clerk.code(later), later)

    assert (first, again) == (True, False)
