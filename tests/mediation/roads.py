"""People of both sides who work through pages, and what is needed to get a text signed."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from html import unescape
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.builders import TheCase, a_case, complainant, give_power
from tests.pages import PageClient
from tests.signing_in import sign_in
from tourism_odr.cases.models import Agreement, Instalment, Power, Subject
from tourism_odr.clock import local_day, now
from tourism_odr.db import db, unit_of_work
from tourism_odr.mediation.commands import agreements as commands
from tourism_odr.mediation.commands import clauses
from tourism_odr.people import organisations, persons
from tourism_odr.people.actor import Actor
from tourism_odr.people.roles import Role

Visitors = Callable[[], PageClient]


def some_time_ago() -> datetime:
    """Long enough that every step of a builder lies in the past, short enough that no deadline has ended."""
    return now() - timedelta(hours=20)


def case_at(stage: str, **more: Any) -> TheCase:
    """A case whose steps lie in the last hours."""
    return a_case(stage, at=some_time_ago(), **more)


class Browser:
    """A visitor whose requests share nothing with the test around them, and leave no row of it stale."""

    def __init__(self, client: PageClient) -> None:
        self.client = client

    def _ask(self, how: str, address: str, **more: Any) -> TestResponse:
        db.session.rollback()
        with self.client.application.app_context():
            answer: TestResponse = getattr(self.client, how)(address, **more)
        return answer

    def get(self, address: str) -> TestResponse:
        """Fetch a page."""
        return self._ask("get", address)

    def post(self, address: str, **more: Any) -> TestResponse:
        """Send a form."""
        return self._ask("post", address, **more)


def behind(new_client: Visitors, actor: Actor, case: TheCase) -> Browser:
    """A browser of this person."""
    client = new_client()
    with client.application.app_context():
        sign_in(client, actor, case.id)
    return Browser(client)


def hidden_in(page: TestResponse, form: str = "page-form") -> dict[str, str]:
    """What a form of a page hides: its token, the version that was seen."""
    html = page.get_data(as_text=True)
    inside = html[html.index(f'id="{form}"') :].split("</form>")[0]
    found = re.findall(r'<input type="hidden" name="([\w-]+)" value="([^"]*)">', inside)
    return {name: unescape(value) for name, value in found}


def submit(client: Browser, address: str, **typed: Any) -> TestResponse:
    """Open the page and send its form, with what it hides."""
    return client.post(address, data={**hidden_in(client.get(address)), **typed})


def version(subject_id: UUID) -> int:
    """The version as a page would show it now."""
    found: int = db.session().execute(select(Subject.version).where(Subject.id == subject_id)).scalar_one()
    return found


def finance_of(case: TheCase) -> Actor:
    """Somebody of the first agency who pays its bills."""
    with unit_of_work():
        who = persons.create_person(locale="zh-Hans", at=case.at, name="孙会计", email=f"{uuid4().hex[:8]}@people.example")
        organisations.add_member(who, case.people.agency, Role.FINANCE, case.at)
    return Actor(who, Role.FINANCE, case.people.agency)


def later(days: int = 10) -> date:
    """A day to pay by."""
    return local_day(now() + timedelta(days=days))


def payment(case: TheCase, amount: str = "800", day: date | None = None, payer: UUID | None = None) -> clauses.Payment:
    """The first respondent pays the tourist."""
    payee = complainant(db.session(), case)
    return clauses.Payment(
        payer or case.respondent, payee, Decimal(amount), "CNY", day or later(), "bank-transfer", "每日万分之五"
    )


def drafted(case: TheCase, *payments: clauses.Payment, by: Actor | None = None) -> UUID:
    """A text of the mediator with these payments (one if none is given) and an apology."""
    by = by or case.people.mediator
    at = case.at + timedelta(minutes=5)
    made = commands.draft_agreement(commands.DraftAgreement(case.id, tuple(case.respondents)), by=by, at=at)
    for one in payments or (payment(case),):
        clauses.put_clause(clauses.Draft(made, version(made), "payment", "退款", one), by=by, at=at)
    clauses.put_clause(clauses.Draft(made, version(made), "apology", "书面致歉"), by=by, at=at)
    return made


def locked(case: TheCase, *payments: clauses.Payment) -> UUID:
    """The same, sent for signature, with a power for each respondent's handler."""
    made = drafted(case, *payments)
    commands.lock_agreement(made, version(made), by=case.people.mediator, at=case.at + timedelta(minutes=6))
    people = case.people
    for respondent, handler in zip(case.respondents, (people.handler, people.second_handler), strict=False):
        give_power(case, respondent, handler)
    return made


def sign(case: TheCase, agreement: UUID, by: Actor, minutes: int = 7, digest: str | None = None) -> None:
    """Sign what was read."""
    read = digest or db.session().get_one(Agreement, agreement).digest or ""
    command = commands.Sign(agreement, version(agreement), read, code_checked=True)
    commands.sign_agreement(command, by=by, at=case.at + timedelta(minutes=minutes))


def signed(case: TheCase, *payments: clauses.Payment) -> list[UUID]:
    """Everybody signed; the payments that follow from it, in the order of their clauses."""
    made = locked(case, *payments)
    people = case.people
    for number, by in enumerate((people.tourist, people.handler, people.second_handler)[: len(case.respondents) + 1]):
        sign(case, made, by, 7 + number)
    case.agreement = made
    rows = select(Instalment.id).where(Instalment.agreement_id == made).order_by(Instalment.day)
    return list(db.session().scalars(rows))


def limit_power(respondent: UUID, amount: str) -> None:
    """Every power of a respondent reaches only so far."""
    with unit_of_work() as session:
        for power in session.scalars(select(Power).where(Power.party_id == respondent)):
            power.limit = Decimal(amount)
