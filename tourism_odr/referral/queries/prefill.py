"""The first words of each paper of a suit, written from the record so that nothing is typed twice."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.amounts import CALCULATORS, InapplicableError, Result
from tourism_odr.cases.categories import CLAIMS
from tourism_odr.cases.lifecycle.instalment import PAID, PAID_AS_REPORTED
from tourism_odr.cases.models import (
    Case,
    ClaimElement,
    Clause,
    Event,
    Evidence,
    Filing,
    FilingPaper,
    Instalment,
    Item,
    Party,
    Place,
    Subject,
)
from tourism_odr.cases.models.filing import COMPLAINT, EVIDENCE_LIST, SERVICE_ADDRESS
from tourism_odr.cases.papers import pages
from tourism_odr.clock import local_day
from tourism_odr.people import persons
from tourism_odr.people.models import DetailKind, Organisation
from tourism_odr.rulebooks import local_zone
from tourism_odr.text import N_, M, format_day, format_money, say

Written = tuple[dict[str, Any], dict[str, str] | None]
COURT_LANGUAGE = "zh-Hans"  # the courts work in Chinese (Civil Procedure Law art. 273)
CNY, SHANGHAI = "CNY", "31"  # the only province for which a figure is known
# 民事案件案由规定, by name: the numbers of the list change with every edition.
CAUSES = {
    "旅游合同纠纷": N_("Dispute over a travel contract"),
    "旅店服务合同纠纷": N_("Dispute over a hotel service contract"),
    "网络服务合同纠纷": N_("Dispute over an online service contract"),
    "航空旅客运输合同纠纷": N_("Dispute over the carriage of air passengers"),
    "健康权纠纷": N_("Dispute over the right to health"),
    "合同纠纷": N_("Dispute over a contract (such as a settlement agreement)"),
}
ENDINGS = {
    "ended": N_("The mediation ended without agreement."),
    "silence": N_("The respondent did not answer in time."),
    "breach": N_("The respondent did not perform the agreement in time."),
}


def complaint(session: Session, case: Case, filing: Filing, party: Party) -> Written:
    """Claims from the elements of the claim, facts from the complaint and the course of the case, data from the person."""
    words = {
        "claims": "\n".join(_claims(session, case, filing)),
        "facts": "\n".join(_facts(session, case, filing)),
        "witnesses": "",
        "amount": str(filing.amount) if filing.amount is not None else "",
        "cause": filing.cause,
    }
    return words, _personal(party)


def _claims(session: Session, case: Case, filing: Filing) -> list[str]:
    owed = _missed(session, filing) if filing.agreement_id else _elements(session, case)
    costs = say(N_("The defendant bears the court fee."), COURT_LANGUAGE)
    return [f"{number}. {line}" for number, line in enumerate([*owed, costs], 1)]


def _elements(session: Session, case: Case) -> list[str]:
    rows = session.scalars(select(ClaimElement).where(ClaimElement.case_id == case.id).order_by(ClaimElement.number))
    return [_asked(row) for row in rows if row.kind != "advise"]


def _asked(row: ClaimElement) -> str:
    what = say(CLAIMS.get(row.kind, row.kind), COURT_LANGUAGE)
    if row.amount is None:
        return say(M("Order the defendant: %(what)s.", what=what), COURT_LANGUAGE)
    amount = format_money(row.amount, row.currency, COURT_LANGUAGE)
    return say(M("Order the defendant to pay %(amount)s (%(what)s).", amount=amount, what=what), COURT_LANGUAGE)


def _missed(session: Session, filing: Filing) -> list[str]:
    rows = _unpaid(session, filing.agreement_id) if filing.agreement_id else ()
    return [
        say(
            M("Order the defendant to pay what the agreement says: %(amount)s.",
              amount=format_money(row.amount, row.currency, COURT_LANGUAGE)),
            COURT_LANGUAGE,
        )
        for row in rows
        if row.amount is not None
    ]  # fmt: skip


def _unpaid(session: Session, agreement_id: UUID) -> Sequence[Clause]:
    """The payments of an agreement that nobody has made, as far as anybody said."""
    wanted = select(Clause).join(Instalment, Instalment.clause_id == Clause.id).join(Subject, Subject.id == Instalment.id)
    wanted = wanted.where(Clause.agreement_id == agreement_id, Subject.stage.not_in((PAID, PAID_AS_REPORTED)))
    return session.scalars(wanted.order_by(Clause.number)).all()


def _facts(session: Session, case: Case, filing: Filing) -> list[str]:
    body = session.get_one(Organisation, case.body_id).name
    zone = local_zone(case.jurisdiction)
    lodged = M(
        "On %(day)s the plaintiff complained to %(body)s (case %(number)s).",
        day=format_day(local_day(case.received_at, zone), COURT_LANGUAGE), body=body, number=case.number,
    )  # fmt: skip
    lines = [pages.statement(session, case), say(lodged, COURT_LANGUAGE), say(ENDINGS[filing.basis], COURT_LANGUAGE)]
    ended = _ended_on(session, case)
    if ended and filing.basis == "ended":
        lines[-1] = say(M("On %(day)s the mediation ended without agreement.", day=ended), COURT_LANGUAGE)
    return lines


def _ended_on(session: Session, case: Case) -> str:
    closed = select(Event.at).where(Event.case_id == case.id, Event.step == "case.close").order_by(Event.at.desc())
    at = session.scalars(closed).first()
    return format_day(local_day(at, local_zone(case.jurisdiction)), COURT_LANGUAGE) if at else ""


def _personal(party: Party) -> dict[str, str]:
    known = persons.details(party.person_id) if party.person_id else {}
    number = known.get(DetailKind.IDENTITY) or known.get(DetailKind.PASSPORT, "")
    return {
        "name": known.get(DetailKind.NAME, ""), "gender": "", "birth": known.get(DetailKind.BIRTH, ""),
        "nationality": known.get(DetailKind.NATIONALITY, ""), "identity": number,
        "address": known.get(DetailKind.ADDRESS, ""), "phone": known.get(DetailKind.PHONE, ""),
        "email": known.get(DetailKind.EMAIL, ""),
    }  # fmt: skip


def evidence_list(session: Session, case: Case, _filing: Filing, party: Party) -> Written:
    """The plaintiff's own files, each to be given its purpose."""
    rows = session.execute(
        select(Item, Evidence)
        .join(Evidence, Evidence.item_id == Item.id)
        .join(Place, Place.id == Item.place_id)
        .where(Item.case_id == case.id, Item.court, Item.kind == "file", Item.party_id == party.id, Place.kind == "file")
        .order_by(Item.at, Item.number)
    )
    own = say(N_("Kept by the plaintiff"), COURT_LANGUAGE)
    return {"rows": [evidence_row(item, kept, own) for item, kept in rows]}, None


def evidence_row(item: Item, kept: Evidence, source: str) -> dict[str, Any]:
    """One line of the list before the plaintiff has written what it proves."""
    return {
        "item": str(item.id), "name": kept.name, "digest": kept.digest, "source": source, "purpose": "", "content": "",
        "copies": 2,
    }  # fmt: skip


def service_address(_session: Session, _case: Case, _filing: Filing, party: Party) -> Written:
    """The plaintiff's own address and contacts."""
    known = _personal(party)
    personal = {name: known[name] for name in ("address", "phone", "email")} | {"recipient": known["name"], "post_code": ""}
    return {"kept_up": True}, personal


WRITTEN: dict[str, Callable[[Session, Case, Filing, Party], Written]] = {
    COMPLAINT: complaint,
    EVIDENCE_LIST: evidence_list,
    SERVICE_ADDRESS: service_address,
}


NEEDED = {COMPLAINT: ("name", "identity", "address", "phone"), SERVICE_ADDRESS: ("recipient", "address", "phone")}


def whole(paper: FilingPaper, personal: dict[str, str]) -> bool:
    """Whether nothing is missing that a court would send the paper back for."""
    if not all(personal.get(name) for name in NEEDED.get(paper.kind, ())):
        return False
    if paper.kind == COMPLAINT:
        return bool(paper.words["claims"] and paper.words["facts"])
    return all(row["source"] and row["purpose"] for row in paper.words.get("rows", ()))


def fee(amount: Decimal | None, currency: str) -> Decimal | None:
    """The whole court fee for a money claim in yuan; none where it cannot be told."""
    told = fee_told(amount, currency)
    return Decimal(told.values["full"]) if told else None


def fee_told(amount: Decimal | None, currency: str) -> Result | None:
    """The fee with its steps."""
    if amount is None or currency != CNY:
        return None
    return CALCULATORS["court-fee"].run(amount=amount)


def small_claim(court: Organisation, amount: Decimal | None, currency: str, on: date, *, foreign: bool) -> Result | None:
    """On which track a claim of this amount runs; none where no figure is known."""
    if amount is None or currency != CNY or not court.territory.startswith(SHANGHAI):
        return None
    try:
        return CALCULATORS["small-claims"].run(province="shanghai", on=on, amount=amount, foreign_related=foreign)
    except InapplicableError:
        return None


def claimed(session: Session, case: Case) -> Decimal | None:
    """What the complaint asked for in money."""
    rows = session.scalars(select(ClaimElement.amount).where(ClaimElement.case_id == case.id, ClaimElement.amount.is_not(None)))
    amounts = [one for one in rows if one is not None]
    return sum(amounts, Decimal()) if amounts else None


def owed(session: Session, agreement_id: UUID) -> Decimal | None:
    """What the broken agreement promised in money and nobody has paid."""
    amounts = [one.amount for one in _unpaid(session, agreement_id) if one.amount is not None]
    return sum(amounts, Decimal()) if amounts else None
