"""Performance: reported, confirmed, presumed, disputed, missed, healed; and where the money goes."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.mediation.roads import behind, case_at, finance_of, later, payment, signed, submit, version
from tourism_odr.cases import steps
from tourism_odr.cases.errors import NotYoursError
from tourism_odr.cases.items import Words
from tourism_odr.cases.models import Clock, Document, Performance
from tourism_odr.db import db, unit_of_work
from tourism_odr.mediation.commands import performance as commands
from tourism_odr.people import persons
from tourism_odr.people.models import DetailKind

NOTHING = Words("", "en")


def run_out(case, subject_id, name, step):
    """The clock of this name runs out, and takes its step."""
    clock = db.session().scalars(select(Clock).where(Clock.subject_id == subject_id, Clock.name == name)).one()
    with unit_of_work() as session:
        steps.by_the_clock(subject_id, step, at=clock.due_at, clock=session.get_one(Clock, clock.id))


def report(case, one, by=None):
    command = commands.Report(one, version(one), Words("已转账", "zh-Hans"))
    commands.report_payment(command, by=by or case.people.handler, at=case.at + timedelta(minutes=20))


def confirm(case, one, by=None):
    commands.confirm_payment(one, version(one), by=by or case.people.tourist, at=case.at + timedelta(minutes=30))


def dispute(case, one, by=None):
    at = case.at + timedelta(minutes=25)
    commands.dispute_payment(one, version(one), Words("没有到账", "zh-Hans"), by=by or case.people.tourist, at=at)


def test_a_confirmed_payment_performs_the_agreement_and_gives_a_receipt(app):
    case = case_at("mediated")
    (one,) = signed(case)
    report(case, one)

    confirm(case, one)

    row = db.session().get_one(Performance, one)
    assert case.stage(one) == "paid"
    assert case.stage(case.agreement) == "performed"
    assert row.confirmed
    assert "payment-receipt" in db.session().scalars(select(Document.kind)).all()


def test_two_payments_perform_it_only_together(app):
    case = case_at("mediated")
    first, second = signed(case, payment(case, "300", later(10)), payment(case, "500", later(20)))

    confirm(case, first)
    half = case.stage(case.agreement)
    confirm(case, second)

    assert half == "signed"
    assert case.stage(case.agreement) == "performed"


def test_a_silent_payee_lets_a_reported_payment_count_as_reported(app):
    case = case_at("mediated")
    (one,) = signed(case)
    report(case, one)

    run_out(case, one, "payee-word", "instalment.presume")

    assert case.stage(one) == "paid-as-reported"
    assert case.stage(case.agreement) == "performed-as-reported"
    assert not db.session().get_one(Performance, one).confirmed


def test_who_speaks_up_later_reopens_what_was_presumed(app):
    case = case_at("mediated")
    (one,) = signed(case)
    report(case, one)
    run_out(case, one, "payee-word", "instalment.presume")

    dispute(case, one)

    assert case.stage(one) == "disputed"
    assert case.stage(case.agreement) == "signed"


def test_a_disputed_payment_that_is_not_cleared_up_is_missed_and_breaks_the_agreement(app):
    case = case_at("mediated")
    (one,) = signed(case)
    report(case, one)
    dispute(case, one)

    run_out(case, one, "performance-grace", "instalment.miss")

    assert case.stage(one) == "missed"
    assert case.stage(case.agreement) == "breached"


def test_a_missed_payment_that_comes_after_all_heals_the_agreement(app):
    case = case_at("mediated")
    (one,) = signed(case)
    run_out(case, one, "performance", "instalment.miss")
    broken = case.stage(case.agreement)

    report(case, one)
    confirm(case, one)

    assert broken == "breached"
    assert case.stage(case.agreement) == "performed"


def test_only_the_payee_says_whether_the_money_came(app):
    case = case_at("mediated")
    (one,) = signed(case)
    report(case, one)

    with pytest.raises(NotYoursError):
        confirm(case, one, by=case.people.handler)
    with pytest.raises(NotYoursError):
        dispute(case, one, by=case.people.handler)

    assert case.stage(one) == "reported"


def test_the_page_of_confirming_does_not_exist_for_the_payer(app, new_client):
    case = case_at("mediated")
    (one,) = signed(case)
    client = behind(new_client, case.people.handler, case)

    assert client.get(f"/en/cases/{case.id}/payments/{one}/confirm").status_code == 404


def test_payments_are_reported_disputed_and_confirmed_through_pages(app, new_client):
    case = case_at("mediated")
    (one,) = signed(case)
    handler, tourist = (behind(new_client, who, case) for who in (case.people.handler, case.people.tourist))
    payments = f"/en/cases/{case.id}/payments"

    reported = submit(handler, f"{payments}/{one}/report", words="Sent this morning")
    disputed = submit(tourist, f"{payments}/{one}/dispute", words="Nothing yet")
    confirmed = submit(tourist, f"{payments}/{one}/confirm")

    page = tourist.get(payments)
    assert [answer.status_code for answer in (reported, disputed, confirmed)] == [303, 303, 303]
    assert "Sent this morning" in page.text
    assert "Paid on" in page.text
    assert "Receipts" in page.text


def test_the_page_of_a_broken_agreement_says_what_is_open_now(app, new_client):
    case = case_at("mediated")
    (one,) = signed(case)
    run_out(case, one, "performance", "instalment.miss")
    client = behind(new_client, case.people.tourist, case)

    page = client.get(f"/en/cases/{case.id}/payments")

    assert "A payment was missed. What is open now:" in page.text
    assert "A suit on the agreement" in page.text
    assert "No court of this service has the mediating body on its roster." in page.text


def test_a_payment_that_is_due_lies_in_the_respondent_s_inbox(app, new_client):
    case = case_at("mediated")
    signed(case)
    client = behind(new_client, case.people.handler, case)

    page = client.get("/en/respond?tab=sign-pay")

    assert "¥800" in page.text
    assert "To be paid" in page.text


def test_the_payee_s_account_is_read_by_the_payer_s_finance_alone_and_that_is_logged(app, new_client):
    case = case_at("mediated")
    (one,) = signed(case)
    tourist, handler = (behind(new_client, who, case) for who in (case.people.tourist, case.people.handler))
    finance = behind(new_client, finance_of(case), case)
    account = f"/en/cases/{case.id}/payments/{one}/account"

    submit(tourist, account, holder="Lin Xiaotong", bank="Demo Bank", number="6222 0212 3456 7890")
    before = finance.get(account)
    shown = submit(finance, account)

    looked = persons.reveals_of(case.people.tourist.person_id)
    assert "6222021234567890" not in before.text
    assert "6222021234567890" in shown.text
    assert handler.get(account).status_code == 404
    assert "6222021234567890" not in tourist.get(account).text
    assert [row.kind for row in looked] == [DetailKind.BANK]


def test_a_mistyped_account_number_is_said_beside_its_field(app, new_client):
    case = case_at("mediated")
    (one,) = signed(case)
    client = behind(new_client, case.people.tourist, case)

    page = submit(client, f"/en/cases/{case.id}/payments/{one}/account", holder="Lin", bank="Bank", number="??")

    assert "Enter the number as it stands on the card or the statement." in page.text


def test_the_payer_s_own_account_page_is_not_the_payee_s(app):
    case = case_at("mediated")
    (one,) = signed(case)

    with pytest.raises(NotYoursError):
        commands.show_account(one, by=case.people.handler, at=case.at)
