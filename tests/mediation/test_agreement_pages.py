"""Writing an agreement through its pages: clauses by forms and buttons, and who never meets it."""

from decimal import Decimal

from sqlalchemy import select

from tests.builders import a_case, answer, complainant
from tests.mediation.roads import (
    behind,
    case_at,
    drafted,
    hidden_in,
    later,
    submit,
)
from tourism_odr.cases.models import (
    Agreement,
    Clause,
    Instalment,
)
from tourism_odr.db import db
from tourism_odr.mediation.commands import agreements as commands


def kinds_of(agreement):
    return list(db.session().scalars(select(Clause.kind).where(Clause.agreement_id == agreement).order_by(Clause.number)))


def page_of(case, agreement, more=""):
    return f"/en/cases/{case.id}/agreements/{agreement}{more}"


def test_a_text_is_written_through_pages_and_sent(app, new_client):
    case = case_at("mediated")
    client = behind(new_client, case.people.mediator, case)
    begun = submit(client, f"/en/cases/{case.id}/agreements/draft", respondents=str(case.respondent))
    day = later()
    whole = {
        "kind": "payment", "text": "Part of the fee", "payer": str(case.respondent), "currency": "CNY",
        "payee": str(complainant(db.session(), case)), "amount": "1,200", "day-year": day.year, "day-month": day.month,
        "day-day": day.day, "method": "original-route", "default": "0.05 % a day",
    }  # fmt: skip

    made = db.session().scalars(select(Agreement.id)).one()
    put = submit(client, page_of(case, made, "/clauses/new"), **whole)
    sent = submit(client, page_of(case, made, "/send"))

    assert [one.status_code for one in (begun, put, sent)] == [303, 303, 303]
    assert case.stage(made) == "locked"
    assert db.session().scalars(select(Clause.amount)).all() == [Decimal("1200.00")]


def test_clauses_are_ordered_and_removed_by_buttons(app, new_client):
    case = case_at("mediated")
    made = drafted(case)
    client = behind(new_client, case.people.mediator, case)
    second = db.session().scalars(select(Clause.id).where(Clause.agreement_id == made, Clause.number == 2)).one()
    order = page_of(case, made, f"/clauses/{second}/order")

    client.post(order, data={**hidden_in(client.get(page_of(case, made)), "order-2"), "act": "up"})
    moved = kinds_of(made)
    client.post(order, data={**hidden_in(client.get(page_of(case, made)), "order-1"), "act": "remove"})

    assert moved == ["apology", "payment"]
    assert kinds_of(made) == ["payment"]


def test_an_agreement_does_not_exist_for_a_respondent_who_is_not_in_its_place(app, new_client):
    case = a_case("served", respondents=2, at=case_at("lodged").at)
    answer(case, case.respondent, consent=False)
    made = commands.draft_agreement(
        commands.DraftAgreement(case.id, (case.respondent,)), by=case.people.tourist, at=case.at
    )
    client = behind(new_client, case.people.second_handler, case)

    assert client.get(page_of(case, made)).status_code == 404
    assert db.session().scalars(select(Instalment.id)).all() == []
