"""Acts of agreeing, paying, urging and signing papers."""

from datetime import timedelta

from sqlalchemy import select

from tourism_odr.cases.confirming import application_of
from tourism_odr.cases.lifecycle.confirmation import PREPARED
from tourism_odr.cases.models import Agreement, Clause, Document, Instalment
from tourism_odr.cases.models.document import DRAFT
from tourism_odr.db import db
from tourism_odr.demo.acting import act
from tourism_odr.demo.play import Play
from tourism_odr.mediation.commands import agreements, answers, clauses, performance
from tourism_odr.oversight import commands as oversight
from tourism_odr.people.actor import Actor


@act
def draft(play: Play, method: str, days: int, number: int = 1) -> None:
    """The mediator writes the accepted terms down: one payment by a day, and an apology."""
    respondent, by = play.respondents[number - 1], play.mediator
    command = agreements.DraftAgreement(play.case_id, (respondent,), play.last.get("offer"))
    made = play.last["agreement"] = agreements.draft_agreement(command, by=by, at=play.at)
    payment = clauses.Payment(
        respondent, play.complainant(), play.part.amount, "CNY", play.day(days), method, play.line("default")
    )
    first = db.session().scalars(select(Clause.id).where(Clause.agreement_id == made)).first()
    paid = play.line("offer", "second")
    clauses.put_clause(
        clauses.Draft(made, play.version(made), "payment", paid, payment, first), by=by, at=play.at
    )
    sorry = clauses.Draft(made, play.version(made), "apology", play.line("apology"))
    clauses.put_clause(sorry, by=by, at=play.at)


@act
def lock(play: Play) -> None:
    """The text is fixed."""
    made = play.last["agreement"]
    agreements.lock_agreement(made, play.version(made), by=play.mediator, at=play.at)


@act
def sign(play: Play, who: str, number: int = 1, court: str = "") -> None:
    """One side signs the text that it read, and joins the application to the court or not."""
    by = play.tourist if who == "tourist" else play.handler(number)
    made = play.last["agreement"]
    digest = db.session().get_one(Agreement, made, populate_existing=True).digest or ""
    found = application_of(db.session(), made)
    asked = found[0].id if found and found[1].stage == PREPARED else None
    command = agreements.Sign(made, play.version(made), digest, application_id=asked, joins=court == "join")
    agreements.sign_agreement(command, by=by, at=play.at)
    due = db.session().scalars(select(Instalment.id).where(Instalment.agreement_id == made)).first()
    if due:
        play.last["instalment"] = due


@act
def countersign(play: Play) -> None:
    """The mediator signs after the parties."""
    agreements.countersign_agreement(play.last["agreement"], by=play.mediator, at=play.at)


@act
def report(play: Play, number: int = 1) -> None:
    """The respondent's finance reports the payment with its slip."""
    paid = play.last["instalment"]
    command = performance.Report(paid, play.version(paid), play.words("paid"), play.papers("proof.png"))
    performance.report_payment(command, by=play.finance(number), at=play.at)


@act
def confirm(play: Play) -> None:
    """The tourist has the money."""
    paid = play.last["instalment"]
    performance.confirm_payment(paid, play.version(paid), by=play.tourist, at=play.at)


@act
def dispute(play: Play) -> None:
    """The money has not come."""
    paid = play.last["instalment"]
    performance.dispute_payment(paid, play.version(paid), play.words("not-come"), by=play.tourist, at=play.at)


@act
def join(play: Play) -> None:
    """The duty officer enters the room."""
    oversight.join_room(play.case_id, by=play.officer, at=play.at)


@act
def urge(play: Play, days: int, whom: str = "respondent") -> None:
    """The officer proposes to urge somebody."""
    mediator = whom == "mediator"
    command = oversight.Urging(
        play.case_id, None if mediator else play.respondents[0], play.mediator.person_id if mediator else None,
        play.line("urge-mediator") if mediator else play.line("urge", "zh"), play.day(days),
    )  # fmt: skip
    play.last["urge"] = oversight.propose_urging(command, by=play.officer, at=play.at)


@act
def approve_urging(play: Play) -> None:
    """The head sends it."""
    oversight.approve_urging(_decided(play), by=play.head, at=play.at)


@act
def reply_urging(play: Play) -> None:
    """The handler replies, with a paper."""
    urged = play.last["urge"]
    command = answers.Reply(urged, play.version(urged), play.words("urge-reply"), play.papers("chat.png"))
    answers.reply_to_urging(command, by=play.handler(), at=play.at)


@act
def close_urging(play: Play) -> None:
    """The officer closes it with a finding."""
    oversight.close_urging(_decided(play, play.line("urge-finding")), by=play.officer, at=play.at)


def _decided(play: Play, words: str = "") -> oversight.Decision:
    urged = play.last["urge"]
    return oversight.Decision(urged, play.version(urged), words)


@act
def sign_papers(play: Play) -> None:
    """The head signs every paper of the case that waits."""
    waiting = select(Document.id).where(Document.case_id == play.case_id, Document.status == DRAFT)
    for paper in list(db.session().scalars(waiting.order_by(Document.created, Document.kind))):
        play.at += timedelta(minutes=1)
        oversight.sign_document(play.case_id, paper, by=_signer(play), at=play.at)


def _signer(play: Play) -> Actor:
    return play.head
