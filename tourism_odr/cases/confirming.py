"""Whether an agreement can be confirmed by a court, by which, until when, and what a judge might object to.

Path (a) and (b): a body or council whose agreements a court has on its roster.  Path (c): mediation entrusted by the
court after registration ends in the court's own instrument, never here.  Path (d): the court that delegated before
registration.  Path (e): two sides alone, never.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from tourism_odr.cases.deadlines import offers, rulebook_of
from tourism_odr.cases.errors import NotYoursError
from tourism_odr.cases.lifecycle import NEW, suit
from tourism_odr.cases.lifecycle import confirmation as stages
from tourism_odr.cases.lifecycle.agreement import BREACHED, PERFORMED_AS_REPORTED, SIGNED
from tourism_odr.cases.models import (
    Agreement,
    Applicant,
    Case,
    Clause,
    Confirmation,
    Event,
    Filing,
    Instalment,
    Party,
    RosterEntry,
    Signature,
    Subject,
)
from tourism_odr.cases.models.agreement import AT_ONCE, BY_DAY_25, BY_THE_SIDES, DELEGATED, PAYMENT
from tourism_odr.cases.move import Move
from tourism_odr.cases.relations import party_of
from tourism_odr.cases.under_court import mediated
from tourism_odr.clock import local_day
from tourism_odr.people.models import Organisation, OrganisationKind
from tourism_odr.rulebooks import local_zone
from tourism_odr.text import N_, M, Message

APPLY = "confirmation.invite"  # what a rulebook without this road does not offer
WINDOW = "confirmation-window"
LIVING = (*stages.OPEN, *stages.CONFIRMED)

# Interpretation of the Civil Procedure Law (2022), article 355: the court does not accept.
NOT_TAKEN = {
    "not-for-courts": N_("The matter is not one for the people's courts"),
    "other-court": N_("The application belongs to another court"),
    "status": N_("It asks to confirm marriage, parentage or adoption"),
    "other-procedure": N_("Another special procedure, public notice or bankruptcy applies"),
    "ownership": N_("The agreement settles rights in things or intellectual property"),
}
# The same, article 358: the court refuses to confirm.
REFUSALS = {
    "mandatory-law": N_("It breaks a mandatory rule of law"),
    "others-harmed": N_("It harms the state, the public or others"),
    "public-order": N_("It offends public order and good morals"),
    "involuntary": N_("It was not made voluntarily"),
    "unclear": N_("Its content is unclear"),
    "other": N_("Another reason for which it cannot be confirmed"),
}
INSTRUCTIONS = {
    AT_ONCE: N_("We ask that it be submitted to the court at once."),
    BY_DAY_25: N_(
        "We ask that it be submitted on the 25th day after the agreement took effect at the latest, unless everything is "
        "performed before and each of us has withdrawn it. Either of us may hand it in earlier."
    ),
}
VAGUE = (
    "尽快", "适当", "酌情", "另行协商", "合理", "视情况", "若干", "as soon as possible", "appropriate", "reasonable",
    "to be agreed", "in due course",
)  # fmt: skip
OWNERSHIP = ("房产", "产权", "商标", "专利", "著作权", "real estate", "trademark", "patent", "copyright")


@dataclass(frozen=True)
class Finding:
    """One point of the check before signing: which ground it is about, what was found, and whether it may stand."""

    ground: str
    said: Message
    fine: bool


def path_of(session: Session, case: Case, agreement: Agreement) -> str:
    """The path (a to e) on which the agreement was made."""
    if agreement.path == BY_THE_SIDES:
        return "e"
    if agreement.path == DELEGATED:
        return "d"
    if mediated(session, case.id, (suit.ENTRUSTED,)):
        return "c"
    body = session.get_one(Organisation, case.body_id)
    return "b" if body.kind == OrganisationKind.COUNCIL else "a"


def delegating_court(session: Session, agreement: Agreement) -> UUID | None:
    """The court that delegated the mediation of this text before registration."""
    return session.get_one(Filing, agreement.suit_id).court_id if agreement.suit_id else None


def courts_for(session: Session, case: Case, agreement: Agreement, on: date) -> list[Organisation]:
    """The courts that confirm an agreement of this path: the delegating one, or those with the body on their roster."""
    path = path_of(session, case, agreement)
    if path in ("c", "e") or not offers(case, APPLY):
        return []
    court = delegating_court(session, agreement)
    if court:
        return [session.get_one(Organisation, court)]
    lines = roster(session, case.body_id, on)
    found = select(Organisation).where(Organisation.id.in_([line.court_id for line in lines]), Organisation.active)
    return list(session.scalars(found.order_by(Organisation.name)))


def roster(session: Session, body_id: UUID, on: date) -> Sequence[RosterEntry]:
    """The lines by which courts take a body's agreements on that day."""
    standing = (RosterEntry.since <= on, or_(RosterEntry.until.is_(None), RosterEntry.until > on))
    return session.scalars(select(RosterEntry).where(RosterEntry.body_id == body_id, *standing)).all()


def why_not(session: Session, case: Case, agreement: Agreement) -> Message:
    """Why no court confirms it, for whoever reads the page."""
    path = path_of(session, case, agreement)
    if path == "e":
        return M("The two sides made it alone. If it is not kept, one can only sue on it; a mediator could conclude it instead.")
    if path == "c":
        return M("The court entrusted this mediation after registration: its own mediation instrument follows, no confirmation.")
    return M("No court of this service has the mediating body on its roster. If it is not kept, one can sue on it.")


def window(case: Case, agreement: Agreement) -> date | None:
    """The last day of the joint application: 30 days from the effect, when the agreement has taken effect."""
    if agreement.effect_at is None:
        return None
    day = local_day(agreement.effect_at, local_zone(case.jurisdiction))
    book = rulebook_of(case).joined(WINDOW, day)
    return book.rule(WINDOW).due(agreement.effect_at).day if book else None


def is_open(case: Case, agreement: Agreement, at: datetime) -> bool:
    """Whether the window has begun and not yet ended."""
    last = window(case, agreement)
    return last is not None and local_day(at, local_zone(case.jurisdiction)) <= last


def application_of(session: Session, agreement_id: UUID) -> tuple[Confirmation, Subject] | None:
    """The last application on an agreement."""
    wanted = select(Confirmation, Subject).join(Subject, Subject.id == Confirmation.id)
    begun = wanted.where(Confirmation.agreement_id == agreement_id, Subject.stage != NEW)
    row = session.execute(begun.order_by(Subject.created.desc())).first()
    return (row[0], row[1]) if row else None


def can_be_asked_for(session: Session, case: Case, agreement: Agreement, at: datetime) -> Message | None:
    """What stands against inviting the other side now; None when nothing does."""
    stage = session.get_one(Subject, agreement.id).stage
    if not courts_for(session, case, agreement, local_day(at)):
        return why_not(session, case, agreement)
    if stage not in (SIGNED, BREACHED, PERFORMED_AS_REPORTED):
        return M("Only an agreement that is in force and not yet performed can be confirmed.")
    if not is_open(case, agreement, at):
        return M("The 30 days for applying together are over. One can sue on the agreement.")
    before = application_of(session, agreement.id)
    if before and before[1].stage in LIVING:
        return M("There is an application on this agreement already.")
    if before and before[1].stage in stages.RULED_OUT:
        return M("The court has ruled on this text. Mend the agreement first; the new edition can be confirmed.")
    return None


# -- the check of what a judge looks at ------------------------------------------------------------------------


def findings(session: Session, case: Case, agreement: Agreement, court: Organisation | None) -> list[Finding]:
    """What articles 355 and 358 ask of a text, as far as a machine can look: shown before signing and submitting."""
    clauses = session.scalars(select(Clause).where(Clause.agreement_id == agreement.id).order_by(Clause.number)).all()
    found = [one for clause in clauses for one in _of_clause(clause)]
    if not any(one.ground == "unclear" for one in found):
        found.insert(0, Finding("unclear", M("Every payment says payer, payee, amount, date, method and what follows by default."), True))
    found.append(Finding("involuntary", M("Each signer says at signing that nobody put them under pressure; the judge asks both again."), True))
    if court is not None and not _near(session, case, agreement, court):
        found.append(Finding("other-court", M("Neither the body nor a signer of the register lies in the territory of this court."), False))
    return found


def _of_clause(clause: Clause) -> list[Finding]:
    words = f"{clause.text} {clause.default or ''}".lower()
    found = []
    parts = (clause.payer_id, clause.payee_id, clause.amount, clause.day, clause.method, clause.default)
    if clause.kind == PAYMENT and not all(parts):
        found.append(Finding("unclear", M("Clause %(number)s: a payment lacks one of its parts.", number=clause.number), False))
    for ground, listed, said in (
        ("unclear", VAGUE, N_("Clause %(number)s: “%(word)s” leaves open what is owed. A court may refuse it.")),
        ("ownership", OWNERSHIP, N_("Clause %(number)s: “%(word)s” may be about rights that no court confirms this way.")),
    ):
        word = next((one for one in listed if one in words), None)
        if word:
            found.append(Finding(ground, M(said, number=clause.number, word=word), False))
    return found


def _near(session: Session, case: Case, agreement: Agreement, court: Organisation) -> bool:
    """Whether the court lies where the body or a signing organisation does (CPL art. 205)."""
    if delegating_court(session, agreement) == court.id or not court.territory:
        return True
    signing = select(Party.organisation_id).join(Signature, Signature.party_id == Party.id)
    ids = {case.body_id, *session.scalars(signing.where(Signature.agreement_id == agreement.id, Party.organisation_id.is_not(None)))}
    territories = session.scalars(select(Organisation.territory).where(Organisation.id.in_(ids)))
    return any(_within(place, court.territory) for place in territories if place)


def _within(one: str, other: str) -> bool:
    """One division lies in the other: 310106 in 310000."""
    short, long = sorted((one.rstrip("0"), other.rstrip("0")), key=len)
    return long.startswith(short)


# -- what the table of confirmations needs ---------------------------------------------------------------------


def applicant_of(move: Move) -> Applicant:
    """The line of the actor's party; ``NotYoursError`` for whoever is no applicant."""
    party = party_of(move.session, move.case.id, move.by)
    lines = select(Applicant).where(Applicant.confirmation_id == move.subject.id)
    found = next((one for one in move.session.scalars(lines) if party and one.party_id == party.id), None)
    if found is None:
        raise NotYoursError("no applicant")
    return found


def _confirmable(move: Move) -> Message | None:
    row = move.session.get_one(Confirmation, move.subject.id)
    return can_be_asked_for(move.session, move.case, move.session.get_one(Agreement, row.agreement_id), move.clicked)


def _not_applied_yet(move: Move) -> Message | None:
    return M("Your side has already signed the application.") if applicant_of(move).signed_at else None


def _not_withdrawn_yet(move: Move) -> Message | None:
    return M("Your side has already withdrawn the application.") if applicant_of(move).withdrawn_at else None


def _heard(move: Move) -> Message | None:
    heard = move.session.get_one(Confirmation, move.subject.id).heard_at
    return None if heard else M("Hear both sides and record it first: the court decides after hearing both.")


def _withdrawal_shown(move: Move) -> Message | None:
    """Every side withdrew, or the supplement did not come in time (Interpretation, article 357)."""
    silent = exists().where(Event.subject_id == move.subject.id, Event.step == "confirmation.note-unsupplemented")
    if move.session.scalar(select(silent)) or all_withdrew(move.session, move.subject.id):
        return None
    return M("Not every side has withdrawn, and no supplement is missing.")


def all_withdrew(session: Session, confirmation_id: UUID) -> bool:
    """Whether every side withdrew the application."""
    staying = exists().where(Applicant.confirmation_id == confirmation_id, Applicant.withdrawn_at.is_(None))
    return not session.scalar(select(staying))


def all_applied(session: Session, confirmation_id: UUID) -> bool:
    """Whether every side signed the application, and the agreement itself has effect."""
    row = session.get_one(Confirmation, confirmation_id)
    waiting = exists().where(Applicant.confirmation_id == confirmation_id, Applicant.signed_at.is_(None))
    return session.get_one(Agreement, row.agreement_id).effect_at is not None and not session.scalar(select(waiting))


def missed_payments(session: Session, agreement_id: UUID, payee_id: UUID | None = None) -> list[Instalment]:
    """The payments of an agreement that were missed, if wanted those owed to one party."""
    rows = select(Instalment).join(Subject, Subject.id == Instalment.id)
    rows = rows.where(Instalment.agreement_id == agreement_id, Subject.stage == "missed").order_by(Instalment.day)
    return [one for one in session.scalars(rows) if payee_id in (None, one.payee_id)]


def _unpaid_payee(move: Move) -> Message | None:
    party = party_of(move.session, move.case.id, move.by)
    row = move.session.get_one(Confirmation, move.subject.id)
    if party is None:
        raise NotYoursError("no party")
    owed = missed_payments(move.session, row.agreement_id, party.id)
    return None if owed else M("Enforcement is for whoever is owed a payment whose day has passed.")


def _refused_before(move: Move) -> Message | None:
    """A text is mended after the court has ruled against it, as long as no other stands in its place."""
    replaced = move.session.get_one(Agreement, move.subject.id).replaces_id
    before = application_of(move.session, replaced) if replaced else None
    if before and before[1].stage in stages.RULED_OUT:
        return None
    return M("A new edition is made after the court has ruled against the text.")


CHECKS: dict[str, Callable[[Move], Message | None]] = {
    "confirmable": _confirmable,
    "not-applied-yet": _not_applied_yet,
    "not-withdrawn-yet": _not_withdrawn_yet,
    "heard": _heard,
    "withdrawal-shown": _withdrawal_shown,
    "unpaid-payee": _unpaid_payee,
    "refused-before": _refused_before,
}
