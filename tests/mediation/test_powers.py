"""Powers: what they let somebody do, who checks them, on one page for all, and how they end."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import TheCase, a_case, give_power
from tests.mediation.roads import Browser, behind, case_at, drafted, locked, sign, submit, version
from tests.mediation.test_answers import an_answer
from tests.pages import PageClient
from tourism_odr.cases.errors import MovedOnError, NotYoursError, UnmetNeedError
from tourism_odr.cases.items import Words
from tourism_odr.cases.models import ClaimElement, Notice, Power, Stand
from tourism_odr.clock import now
from tourism_odr.db import db, unit_of_work
from tourism_odr.mediation.commands import agreements
from tourism_odr.mediation.commands import powers as commands
from tourism_odr.mediation.commands.answers import send_answer
from tourism_odr.mediation.commands.stands import TakeStands, take_stands
from tourism_odr.people.actor import Actor
from tourism_odr.people.refusal import RefusedError

NewClient = Callable[[], PageClient]
FOR_HANDLER = "Nobody of your side holds one yet"


def a_power(case: TheCase, who: Actor, *scopes: str, checked: bool = True) -> UUID:
    """A power on record, checked by the mediator or waiting."""
    with unit_of_work() as session:
        by = case.people.mediator.person_id if checked else None
        row = Power(
            id=uuid4(), case_id=case.id, party_id=case.respondent, person_id=who.person_id, kind="written-power",
            scopes=list(scopes), since=case.at, checked_by=by, checked_at=case.at if checked else None,
        )  # fmt: skip
        session.add(row)
        return row.id


def sent_for_signature(case: TheCase) -> UUID:
    """A text that waits for signatures, nobody having a power yet."""
    made = drafted(case)
    agreements.lock_agreement(made, version(made), by=case.people.mediator, at=case.at + timedelta(minutes=6))
    return made


def agreement_page(client: Browser, case: TheCase, made: UUID) -> str:
    return client.get(f"/en/cases/{case.id}/agreements/{made}").text


def test_a_power_to_settle_alone_signs_nothing(app: Flask) -> None:
    case = case_at("mediated")
    made = sent_for_signature(case)
    a_power(case, case.people.handler, "settle")

    with pytest.raises(UnmetNeedError, match="power-to-sign"):
        sign(case, made, case.people.handler)


def test_who_lacks_a_power_reads_early_who_holds_one_and_where_to_file_one(app: Flask, new_client: NewClient) -> None:
    case = case_at("mediated")
    made = sent_for_signature(case)
    handler = behind(new_client, case.people.handler, case)

    nobody = agreement_page(handler, case, made)
    a_power(case, case.people.owner, "sign")
    owner = agreement_page(handler, case, made)
    a_power(case, case.people.handler, "sign", checked=False)
    waiting = agreement_page(handler, case, made)
    give_power(case, case.respondent, case.people.handler)
    able = agreement_page(handler, case, made)

    assert FOR_HANDLER in nobody
    assert f"/respondents/{case.respondent}/powers" in nobody
    assert "may do it; or file one." in owner
    assert "Your power waits for its check" in waiting
    assert "You need a power for this" not in able
    assert "Read and sign" in able


def test_the_form_of_a_power_begins_with_whoever_opens_it(app: Flask, new_client: NewClient) -> None:
    case = case_at("mediated")

    page = behind(new_client, case.people.handler, case).get(f"/en/cases/{case.id}/respondents/{case.respondent}/powers")

    assert f'<option value="{case.people.handler.person_id}" selected' in page.text


def test_agreeing_with_a_fact_needs_a_power_to_admit_and_denying_it_does_not(app: Flask) -> None:
    case = case_at("mediated")
    fact = db.session().scalars(select(ClaimElement.id).where(ClaimElement.case_id == case.id)).first()
    assert fact is not None

    take_stands(TakeStands(case.id, {fact: "deny"}), by=case.people.handler, at=case.at)
    with pytest.raises(UnmetNeedError, match="power-to-admit"):
        take_stands(TakeStands(case.id, {fact: "agree"}), by=case.people.handler, at=case.at)
    a_power(case, case.people.handler, "admit")
    take_stands(TakeStands(case.id, {fact: "agree"}), by=case.people.handler, at=case.at + timedelta(minutes=1))

    assert list(db.session().scalars(select(Stand.stand).order_by(Stand.at))) == ["deny", "agree"]


def test_the_tourist_admits_in_person(app: Flask) -> None:
    case = case_at("mediated")
    fact = db.session().scalars(select(ClaimElement.id).where(ClaimElement.case_id == case.id)).first()
    assert fact is not None

    assert take_stands(TakeStands(case.id, {fact: "agree"}), by=case.people.tourist, at=case.at) == 1


def test_a_power_that_waits_is_a_task_on_the_mediators_desk(app: Flask, new_client: NewClient) -> None:
    case = case_at("mediated")
    a_power(case, case.people.handler, "sign", checked=False)
    mediator = behind(new_client, case.people.mediator, case)

    desk = mediator.get("/en/desk").text

    assert "A power waits to be checked" in desk
    assert f"/respondents/{case.respondent}/powers/check" in desk


def test_officer_and_mediator_check_on_the_same_page(app: Flask, new_client: NewClient) -> None:
    case = case_at("mediated")
    power = a_power(case, case.people.handler, "sign", checked=False)
    page = f"/en/cases/{case.id}/respondents/{case.respondent}/powers/{power}/check"

    seen = [behind(new_client, who, case).get(page).status_code for who in (case.people.officer, case.people.mediator)]
    stranger = behind(new_client, case.people.handler, case).get(page).status_code

    assert (seen, stranger) == ([200, 200], 404)


def revoke(case: TheCase, power: UUID, by: Actor, why: str | None = None) -> None:
    words = Words(why, "en") if why else None
    commands.revoke_power(commands.RevokePower(case.id, case.respondent, power, words), by=by, at=now())


def test_an_owner_revokes_and_the_other_side_is_told(app: Flask) -> None:
    case = case_at("mediated")
    made = sent_for_signature(case)
    power = a_power(case, case.people.handler, "sign")

    revoke(case, power, case.people.owner)

    told = set(db.session().scalars(select(Notice.template).where(Notice.template.like("respondent/revoke-power/%"))))
    assert told >= {"respondent/revoke-power/tourist", "respondent/revoke-power/mediator"}
    with pytest.raises(UnmetNeedError):
        agreements.sign_agreement(
            agreements.Sign(made, version(made), digest(made), code_checked=True), by=case.people.handler, at=now()
        )
    with pytest.raises(MovedOnError):
        revoke(case, power, case.people.owner)


def digest(made: UUID) -> str:
    return db.session().get_one(agreements.Agreement, made, populate_existing=True).digest or ""


def test_what_was_signed_before_the_power_ended_stays_signed(app: Flask) -> None:
    case = case_at("mediated")
    made = locked(case)
    sign(case, made, case.people.handler, 7)
    power = db.session().scalars(select(Power.id).where(Power.person_id == case.people.handler.person_id)).one()

    revoke(case, power, case.people.handler)
    sign(case, made, case.people.tourist, 8)

    assert case.stage(made) == "signed"


def test_who_checked_it_revokes_with_a_reason_and_a_stranger_not_at_all(app: Flask) -> None:
    case, other = case_at("mediated"), case_at("mediated")
    power = a_power(case, case.people.handler, "sign")

    with pytest.raises(RefusedError):
        revoke(case, power, case.people.mediator)
    with pytest.raises(NotYoursError):
        revoke(case, power, case.people.tourist, "no")
    with pytest.raises(NotYoursError):
        revoke(case, power, other.people.owner)
    revoke(case, power, case.people.mediator, "The chop was not theirs.")

    assert db.session().get_one(Power, power, populate_existing=True).revoked_at is not None


def test_the_page_of_powers_leads_to_the_end_of_one(app: Flask, new_client: NewClient) -> None:
    case = case_at("mediated")
    power = a_power(case, case.people.handler, "sign")
    owner = behind(new_client, case.people.owner, case)
    powers = f"/en/cases/{case.id}/respondents/{case.respondent}/powers"

    listed = owner.get(powers).text
    done = submit(owner, f"{powers}/{power}/revoke")

    assert f"{powers}/{power}/revoke" in listed
    assert done.status_code == 303
    assert "Revoked" in owner.get(powers).text


def test_an_answer_without_a_power_admits_nothing(app: Flask) -> None:
    case = a_case("served")
    element = db.session().scalars(select(ClaimElement.id).where(ClaimElement.case_id == case.id)).first()

    send_answer(replace(an_answer(case), stands={element: "agree"}), by=case.people.handler, at=case.at)

    assert db.session().scalars(select(Stand)).all() == []
