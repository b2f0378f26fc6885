"""Coming in through the pages: two steps, alike for everybody who is refused."""

import re
from collections.abc import Callable
from datetime import timedelta

import pyotp
import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.account.doors import PASSWORD, SYSTEM, member, send, without_token
from tests.pages import PageClient
from tourism_odr.cases.models import Notice
from tourism_odr.clock import now
from tourism_odr.db import Base, db, unit_of_work
from tourism_odr.people import factors, invitations, links, mailing, organisations, persons, sessions
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import LinkScope, OpenSession, OrganisationKind
from tourism_odr.people.refusal import RefusedError
from tourism_odr.people.roles import Role
from tourism_odr.people.secrets import new_secret

SIGN_IN = "/en/sign-in"
STEP = timedelta(seconds=60)  # the code of the enrolment counts once, so tests sign in with an earlier enrolment


def clerk(email: str = "clerk@court.example"):
    return member(email, Role.CLERK, OrganisationKind.COURT, now() - STEP)


def rows() -> int:
    tables = (OpenSession.__table__, *(Base.metadata.tables[name] for name in ("invitation", "secret_link", "person")))
    return sum(db.session.scalar(select(func.count()).select_from(table)) or 0 for table in tables)


def base(app: Flask) -> str:
    return app.extensions["odr_settings"].base_url


def sign_in(client: PageClient, who, code: str | None = None):
    first = send(client, SIGN_IN, email=who.email, password=PASSWORD)
    assert first.status_code == 303
    return send(client, "/en/sign-in/code", code=code or who.code(now()))


def test_password_and_authenticator_let_a_clerk_in(app: Flask, client: PageClient) -> None:
    who = clerk()

    answer = sign_in(client, who)

    assert answer.status_code == 303
    assert client.get("/en/me").status_code == 200


def test_a_recovery_code_stands_in_once(app: Flask, client: PageClient, new_client: Callable[[], PageClient]) -> None:
    who = clerk()

    first = sign_in(client, who, who.recovery_codes[0])
    second = sign_in(new_client(), who, who.recovery_codes[0])

    assert first.status_code == 303
    assert second.status_code == 422


def test_the_password_alone_opens_no_page(app: Flask, client: PageClient) -> None:
    who = clerk()

    send(client, SIGN_IN, email=who.email, password=PASSWORD)

    assert client.get("/en/me").status_code == 303


def test_unknown_suspended_and_mistaken_get_the_same_answer(app: Flask, new_client: Callable[[], PageClient]) -> None:
    who, gone = clerk(), clerk("gone@court.example")
    with unit_of_work():
        factors.suspend(gone.person_id, now())

    pages = [
        send(new_client(), SIGN_IN, email="who@court.example", password="wrong wrong wrong"),
        send(new_client(), SIGN_IN, email="who@court.example", password=PASSWORD),
    ]
    known = send(new_client(), SIGN_IN, email=who.email, password="wrong wrong wrong")
    shut = send(new_client(), SIGN_IN, email=gone.email, password=PASSWORD)
    bodies = {without_token(page).replace(mail, "") for page, mail in (
        (pages[0], "who@court.example"), (pages[1], "who@court.example"), (known, who.email), (shut, gone.email)
    )}  # fmt: skip

    assert len(bodies) == 1
    assert {page.status_code for page in (*pages, known, shut)} == {422}


def test_guessing_stops_for_strangers_and_not_for_the_known_device(
    app: Flask, client: PageClient, new_client: Callable[[], PageClient]
) -> None:
    who = clerk()
    sign_in(client, who)
    send(client, "/en/sign-out", "/en/me")
    stranger = new_client()

    for _ in range(11):
        last = send(stranger, SIGN_IN, email=who.email, password="wrong wrong wrong")

    assert "Too many tries" in last.get_data(as_text=True)
    assert send(stranger, SIGN_IN, email=who.email, password=PASSWORD).status_code == 422
    assert send(client, SIGN_IN, email=who.email, password=PASSWORD).status_code == 303


def test_the_session_of_before_signing_in_is_not_carried_on(app: Flask, client: PageClient) -> None:
    who = clerk()
    client.get(SIGN_IN)
    send(client, SIGN_IN, email=who.email, password=PASSWORD)
    with client.session_transaction(base_url=base(app)) as before:
        planted = before["pending"]

    send(client, "/en/sign-in/code", code=who.code(now()))

    with client.session_transaction(base_url=base(app)) as after:
        assert after["_user_id"] != planted
        assert "pending" not in after
    assert sessions.find(planted, now()) is None
    assert sessions.find_pending(planted, now()) is None


def test_signing_out_ends_the_session_for_a_copied_cookie_too(app: Flask, client: PageClient) -> None:
    sign_in(client, clerk())
    with client.session_transaction(base_url=base(app)) as carried:
        token = carried["_user_id"]

    send(client, "/en/sign-out", "/en/me")

    assert sessions.find(token, now()) is None
    assert client.get("/en/me").status_code == 303


@pytest.mark.parametrize(
    "payload",
    [
        "//evil.example", "/\\evil.example", "/%09/evil.example", "https:evil.example", "https://evil.example",
        "/%0d%0aLocation:%20x", "javascript:alert(1)", "/en/me@evil.example", "\\\\evil.example", "/%2f%2fevil.example",
        "///evil.example", "/en/../../evil", "http:/evil.example", "/en/me\r\nX: y", "data:text/html,x",
    ],
)  # fmt: skip
def test_next_leads_to_our_own_pages_only(app: Flask, client: PageClient, payload: str) -> None:
    who = clerk()
    page = client.get(SIGN_IN, query_string={"next": payload})
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.get_data(as_text=True))
    client.post(
        SIGN_IN, query_string={"next": payload}, data={"email": who.email, "password": PASSWORD, "csrf_token": token[1]}
    )

    answer = send(client, "/en/sign-in/code", code=who.code(now()))

    assert answer.status_code == 303
    assert re.fullmatch(r"/en/[a-z-]*(/[a-z-]+)?", answer.location)


def test_next_leads_back_to_the_page_that_was_asked_for(app: Flask, client: PageClient) -> None:
    who = clerk()
    asked = client.get("/en/messages")

    page = client.get(asked.location)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page.get_data(as_text=True))
    client.post(asked.location, data={"email": who.email, "password": PASSWORD, "csrf_token": token[1]})
    answer = send(client, "/en/sign-in/code", code=who.code(now()))

    assert answer.location == "/en/messages"


def test_fetching_a_link_or_an_invitation_changes_nothing(app: Flask, client: PageClient) -> None:
    with unit_of_work():
        person = persons.create_person(locale="en", name="Ana", at=now())
        link = links.make_link(person, None, LinkScope.FULL, now())
        house = organisations.register_organisation(OrganisationKind.COURT, "District Court", at=now())
        _, secret = invitations.invite("new@court.example", house, Role.CLERK, by=SYSTEM, at=now())
    before = rows()

    pages = [client.get(f"/en/l/{link}"), client.get(f"/en/invitation/{secret}")]

    assert [page.status_code for page in pages] == [200, 200]
    assert [page.headers["Referrer-Policy"] for page in pages] == ["no-referrer"] * 2
    assert rows() == before
    assert invitations.find(secret, now()).opened is None


def test_pressing_the_button_opens_the_link_and_hides_its_secret(app: Flask, client: PageClient) -> None:
    with unit_of_work():
        person = persons.create_person(locale="en", name="Ana", at=now())
        secret = links.make_link(person, None, LinkScope.FULL, now())

    answer = send(client, f"/en/l/{secret}")

    assert answer.status_code == 303
    assert secret not in answer.location
    assert client.get("/en/me").status_code == 200


def test_a_used_an_unknown_and_a_lapsed_invitation_look_alike(app: Flask, new_client: Callable[[], PageClient]) -> None:
    with unit_of_work():
        house = organisations.register_organisation(OrganisationKind.COURT, "District Court", at=now())
        used_id, used = invitations.invite("one@court.example", house, Role.CLERK, by=SYSTEM, at=now())
        long_ago = now() - 2 * invitations.LIVES
        _, lapsed = invitations.invite("two@court.example", house, Role.CLERK, by=SYSTEM, at=long_ago)
        invitations.end_invitation(used_id, now())

    bodies = {
        without_token(send(new_client(), f"/en/invitation/{secret}")).replace(secret, "")
        for secret in (used, lapsed, new_secret())
    }

    assert len(bodies) == 1


def test_an_invitation_sets_password_and_authenticator_and_shows_the_codes_once(app: Flask, client: PageClient) -> None:
    with unit_of_work():
        house = organisations.register_organisation(OrganisationKind.COURT, "District Court", at=now())
        _, secret = invitations.invite("new@court.example", house, Role.CLERK, by=SYSTEM, at=now())

    opened = send(client, f"/en/invitation/{secret}")
    page = client.get(opened.location).get_data(as_text=True)
    totp = re.search(r'<code class="num">([A-Z2-7]+)</code>', page)
    codes = send(
        client, "/en/invitation", password=PASSWORD, again=PASSWORD, code=pyotp.TOTP(totp[1]).at(now())
    ).get_data(as_text=True)

    assert len(re.findall(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}", codes)) == factors.RECOVERY_CODES
    assert client.get("/en/me").status_code == 200
    assert client.get("/en/invitation").status_code == 404


def test_the_people_of_a_business_sign_in_with_a_code_by_e_mail(app: Flask, client: PageClient) -> None:
    who = member("handler@agency.example", Role.HANDLER, OrganisationKind.OPERATOR, now())
    send(client, SIGN_IN, email=who.email, password=PASSWORD)
    notice = db.session.scalars(select(Notice)).one()
    code = mailing.open_from_outbox(who.person_id, notice.params["sealed_code"])
    answer = send(client, "/en/sign-in/code", code=code)

    assert answer.status_code == 303
    assert code not in str(notice.params)
    assert client.get("/en/me").status_code == 200


def test_looking_for_a_case_answers_alike_and_stops_after_five_tries(app: Flask, client: PageClient) -> None:
    for _ in range(5):
        answer = send(client, "/en/find-my-case", number="LY-2026-000001", contact="who@mail.example")
        assert answer.location == "/en/find-my-case/code"

    sixth = send(client, "/en/find-my-case", number="LY-2026-000001", contact="who@mail.example")

    assert "Too many tries" in sixth.get_data(as_text=True)


def test_nobody_resets_a_factor_alone_or_their_own(app: Flask) -> None:
    who = clerk()
    one = member("one@house.example", Role.ADMIN, OrganisationKind.HOUSE, now())
    two = member("two@house.example", Role.ADMIN, OrganisationKind.HOUSE, now(), one.organisation_id)
    first = Actor(one.person_id, Role.ADMIN, one.organisation_id)
    second = Actor(two.person_id, Role.ADMIN, two.organisation_id)
    with unit_of_work():
        reset = factors.ask_reset(who.person_id, first, "met in person", now())

    for by in (first, Actor(who.person_id, Role.CLERK, who.organisation_id)):
        with pytest.raises(RefusedError), unit_of_work():
            factors.approve_reset(reset, by, now())
    with unit_of_work():
        secret = factors.approve_reset(reset, second, now())

    assert not factors.has_factor(who.person_id)
    assert invitations.find(secret, now()) is not None
    assert invitations.find(secret, now() + factors.RESET_LIVES) is None


def test_an_owner_invites_to_their_own_house_only(app: Flask) -> None:
    owner = member("owner@agency.example", Role.OWNER, OrganisationKind.OPERATOR, now())
    by = Actor(owner.person_id, Role.OWNER, owner.organisation_id)
    with unit_of_work():
        other = organisations.register_organisation(OrganisationKind.OPERATOR, "Other Travel", at=now())
        body = organisations.register_organisation(OrganisationKind.BODY, "Tourism Body", at=now())

    assert invitations.may_invite(by, owner.organisation_id, Role.HANDLER)
    assert not invitations.may_invite(by, other, Role.HANDLER)
    assert not invitations.may_invite(by, body, Role.OFFICER)
    assert not invitations.may_invite(by, owner.organisation_id, Role.MEDIATOR)


def test_outside_a_demo_nobody_signs_in_by_one_click(app: Flask, client: PageClient) -> None:
    who = clerk()

    answer = send(client, "/en/demo-sign-in", SIGN_IN, person=str(who.person_id), role="court-clerk")

    assert answer.status_code == 404
