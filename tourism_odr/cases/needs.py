"""What must hold beside stage and role: the ``needs`` column of the tables, one function each."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from tourism_odr.cases.applying import complaint_decided, deposit_open, of_this_sort
from tourism_odr.cases.authority import ADMIT, SETTLE, SIGN, Authority, authority_of
from tourism_odr.cases.categories import ELSEWHERE
from tourism_odr.cases.confirming import CHECKS
from tourism_odr.cases.deadlines import in_force, running
from tourism_odr.cases.errors import NotYoursError, UnmetNeedError
from tourism_odr.cases.extending import consents_to, open_at
from tourism_odr.cases.lifecycle import TABLES, Need
from tourism_odr.cases.models import (
    Agreement,
    Appointment,
    Clause,
    Clock,
    Consent,
    CourtOutcome,
    Document,
    Event,
    Extension,
    Filing,
    FilingPaper,
    Instalment,
    Offer,
    Party,
    Pause,
    Power,
    Signature,
    Subject,
)
from tourism_odr.cases.models.agreement import BY_THE_SIDES, PAYMENT
from tourism_odr.cases.models.claim import TripValue
from tourism_odr.cases.models.filing import CONSENTS, MEDIATE, PAPERS
from tourism_odr.cases.models.party import RESPONDENT
from tourism_odr.cases.move import Move
from tourism_odr.cases.relations import party_of, sides_of, was_asked_to_mediate
from tourism_odr.cases.sittings import beyond_authority
from tourism_odr.clock import local_day
from tourism_odr.people.models import Membership
from tourism_odr.people.persons import names_of
from tourism_odr.people.roles import SUPERVISOR, Role
from tourism_odr.rulebooks import local_zone
from tourism_odr.text import N_, M, Message

Check = Callable[[Move], Message | None]


def check(move: Move) -> None:
    """Every need of the step holds, or ``UnmetNeedError`` says which does not."""
    if move.by.role in (Role.CLOCK, Role.TABLE):
        return
    if move.by.seat is not None and (message := beyond_authority(move)):
        raise UnmetNeedError("authority", message)
    for need in move.step.needs:
        message = NEEDS[need](move)
        if message:
            raise UnmetNeedError(need.value, message)


def _not_mediator(move: Move) -> Message | None:
    if move.by.role in SUPERVISOR and was_asked_to_mediate(move.session, move.case.id, move.by.person_id):
        raise NotYoursError("nobody supervises a case that they mediate")
    return None


def _registered(move: Move) -> Message | None:
    unknown = (
        exists()
        .where(Party.case_id == move.case.id, Party.side == RESPONDENT, Party.organisation_id.is_(None))
        .where(Subject.id == Party.id, Subject.stage.not_in(TABLES["respondent"].finals))
    )
    if move.session.scalar(select(unknown)):
        return M("Complete every respondent from the register first.")
    return None


def _no_conflict(move: Move) -> Message | None:
    """A mediator belongs to no party of the case and was not asked in it before."""
    person = move.session.get_one(Appointment, move.subject.id).person_id
    before = exists().where(
        Appointment.case_id == move.case.id, Appointment.person_id == person, Appointment.id != move.subject.id
    )
    if move.session.scalar(select(before)):
        return M("This mediator was already asked in this case.")
    parties = select(Party.organisation_id).where(Party.case_id == move.case.id)
    employed = exists().where(Membership.person_id == person, Membership.organisation_id.in_(parties))
    own = exists().where(Party.case_id == move.case.id, Party.person_id == person)
    held = exists().where(Power.case_id == move.case.id, Power.person_id == person)
    acted = exists().where(
        Event.case_id == move.case.id, Event.actor == person, Event.role.in_([r.value for r in SUPERVISOR])
    )
    if move.session.scalar(select(employed | own | held | acted)):
        return M("This mediator is or was connected with a side of this case, or has acted in it for the body.")
    return None


def _not_elsewhere(move: Move) -> Message | None:
    """Never two mediations of one matter."""
    taken = select(TripValue.value).where(TripValue.case_id == move.case.id, TripValue.key == ELSEWHERE)
    body = move.session.scalars(taken.limit(1)).first()
    if body is None:
        return None
    return M("%(body)s has taken this matter on. Follow it there, or refuse the complaint on that ground.", body=body)


def _first_reminder(move: Move) -> Message | None:
    reminded = exists().where(Document.subject_id == move.subject.id, Document.kind == "reminder")
    return M("One reminder was already sent.") if move.session.scalar(select(reminded)) else None


LACKING = {  # the power that is missing: nobody holds it yet, or somebody else does
    SETTLE: (
        N_("This needs a power to settle that was checked. Nobody of your side holds one yet: file one."),
        N_("This needs a power to settle that was checked. %(names)s may do it; or file one."),
    ),
    SIGN: (
        N_("This needs a power to sign that was checked. Nobody of your side holds one yet: file one."),
        N_("This needs a power to sign that was checked. %(names)s may do it; or file one."),
    ),
    ADMIT: (
        N_("To agree with a fact needs a power to admit that was checked. Nobody of your side holds one yet: file one."),
        N_("To agree with a fact needs a power to admit that was checked. %(names)s may do it; or file one."),
    ),
}


def _power_to(scope: str) -> Check:
    """A party binds itself in person; whoever acts for another needs a checked power for it (CPL art. 62)."""

    def check_power(move: Move) -> Message | None:
        party = party_of(move.session, move.case.id, move.by)
        if party is None:
            raise NotYoursError("no party of this case")
        known = authority_of(move.session, party, move.by, scope, move.clicked)
        return None if known.suffices else lacking(scope, known)

    return check_power


def lacking(scope: str, known: Authority) -> Message:
    """What is missing, and who of the same side may do it instead."""
    nobody, somebody = LACKING[scope]
    names = ", ".join(name for name in names_of(known.others).values() if name)
    return M(somebody, names=names) if names else M(nobody)


def _power_to_settle(move: Move) -> Message | None:
    """Also not for more than the power says."""
    missing = _power_to(SETTLE)(move)
    party = party_of(move.session, move.case.id, move.by)
    power = standing_power(move, party, SETTLE) if party and not missing else None
    offer = move.session.get(Offer, move.subject.id) if move.subject.kind == "offer" else None
    if offer and power and power.limit is not None and (offer.amount or 0) > power.limit:
        return M("The amount is above the limit of your power.")
    return missing


def _power_to_admit(move: Move) -> Message | None:
    """Only what is agreed with is admitted; the command says whether something is."""
    return _power_to(ADMIT)(move) if move.papers.get("admits") else None


def standing_power(move: Move, party: Party, scope: str) -> Power | None:
    """The checked power under which the actor stands for ``party`` at the time of the click."""
    return authority_of(move.session, party, move.by, scope, move.clicked).power


def _code(move: Move) -> Message | None:
    """Who came by secret link binds nobody without a code; the command says that it checked one."""
    if move.by.link and not move.papers.get("code_checked"):
        return M("Enter the code that was sent to you, or your printed recovery code.")
    return None


def _clauses_whole(move: Move) -> Message | None:
    """Unclear content is a ground for refusing confirmation (Interpretation of CPL art. 358)."""
    clauses = move.session.scalars(select(Clause).where(Clause.agreement_id == move.subject.id)).all()
    if not clauses:
        return M("An agreement needs at least one clause.")
    for clause in clauses:
        parts = (clause.payer_id, clause.payee_id, clause.amount, clause.day, clause.method)
        if clause.kind == PAYMENT and (None in parts or clause.payer_id == clause.payee_id):
            return M("Clause %(number)s: say payer, payee, amount, date and method.", number=clause.number)
    return None


def my_signature(move: Move) -> Signature:
    """The line on which the actor's party signs; ``NotYoursError`` for whoever is no signer."""
    party = party_of(move.session, move.case.id, move.by)
    found = None
    if party:
        found = move.session.scalars(
            select(Signature).where(Signature.agreement_id == move.subject.id, Signature.party_id == party.id)
        ).first()
    if found is None:
        raise NotYoursError("no signer of this agreement")
    return found


def _not_signed_yet(move: Move) -> Message | None:
    return M("Your side has already signed.") if my_signature(move).signed_at else None


def _has_signed(move: Move) -> Message | None:
    return None if my_signature(move).signed_at else M("Your side has not signed.")


def countersigned(session: Session, agreement_id: UUID) -> Event | None:
    """The line by which the mediator signed after the parties."""
    signed = select(Event).where(Event.subject_id == agreement_id, Event.step == "agreement.countersign")
    return session.scalars(signed.limit(1)).first()


def _not_countersigned(move: Move) -> Message | None:
    if move.session.get_one(Agreement, move.subject.id).path == BY_THE_SIDES:
        raise NotYoursError("no mediator signs what the sides made alone")
    return M("You have signed already.") if countersigned(move.session, move.subject.id) else None


def _payee(move: Move) -> Message | None:
    party = party_of(move.session, move.case.id, move.by)
    if party is None or move.session.get_one(Instalment, move.subject.id).payee_id != party.id:
        raise NotYoursError("only the payee says whether the money came")
    return None


# Where the road of mediation has ended without an agreement, or waits for an answer that did not come.
SILENCE, NO_AGREEMENT, BROKEN = ("silent", "unanswered"), "terminated", "breached"


def way_to_court(session: Session, case_id: UUID) -> list[Subject]:
    """What opens the way to a court: a broken agreement, and each respondent with whom none came about."""
    found = select(Subject).where(Subject.case_id == case_id, Subject.kind.in_(("respondent", "agreement")))
    return [one for one in session.scalars(found) if one.stage in (*SILENCE, NO_AGREEMENT, BROKEN)]


def _way_to_court(move: Move) -> Message | None:
    if way_to_court(move.session, move.case.id):
        return None
    return M("A suit is prepared here after mediation has ended, when no answer came, or when an agreement was broken.")


def papers_to_sign(move: Move) -> list[str]:
    """The papers of the suit that bear no signature on what they say now."""
    rows = move.session.scalars(select(FilingPaper).where(FilingPaper.filing_id == move.subject.id))
    signed = {row.kind for row in rows if row.signed_digest == row.digest}
    return [kind for kind in PAPERS if kind not in signed]


def _papers_signed(move: Move) -> Message | None:
    return M("Sign every paper first: each as it reads now.") if papers_to_sign(move) else None


def consented(session: Session, party_id: UUID, kind: str, *, since: datetime | None = None) -> bool:
    """What the party last said to this question; silence is no consent."""
    said = select(Consent.given).where(Consent.party_id == party_id, Consent.kind == kind)
    if since is not None:
        said = said.where(Consent.at >= since)
    return bool(session.scalars(said.order_by(Consent.at.desc()).limit(1)).first())


def _court_consents(move: Move) -> Message | None:
    plaintiff = move.session.get_one(Filing, move.subject.id).plaintiff_id
    if all(consented(move.session, plaintiff, kind) for kind in CONSENTS):
        return None
    return M("Say yes to online procedure and to service online, each by itself, or file on paper at the court.")


def _asked_by_court(move: Move) -> Message | None:
    if move.session.get_one(Filing, move.subject.id).invited_at is None:
        raise NotYoursError("the court asked nobody")
    return None


def _consent_under_court(move: Move) -> Message | None:
    """Every side of the suit said yes since the court last asked."""
    filing = move.session.get_one(Filing, move.subject.id)
    asked = filing.invited_at
    sides = sides_of(move.session, filing)
    if asked and all(consented(move.session, side.id, MEDIATE, since=asked) for side in sides):
        return None
    return M("Mediation under the court needs the consent of every side.")


def applied_to_withdraw(session: Session, filing_id: UUID) -> bool:
    """Whether the plaintiff asked the court to let the suit go."""
    applied = select(Event.id).where(Event.subject_id == filing_id, Event.step == "filing.apply-withdrawal")
    return session.scalars(applied.limit(1)).first() is not None


def _applied_to_withdraw(move: Move) -> Message | None:
    """Only the plaintiff withdraws a suit; the judge permits what was applied for."""
    if applied_to_withdraw(move.session, move.subject.id):
        return None
    return M("The plaintiff has not applied to withdraw the suit.")


def _receipts_outstanding(move: Move) -> Message | None:
    """The row of this receipt has been written already; the suit has no effect yet."""
    outcome = move.session.get(CourtOutcome, move.subject.id)
    return M("Every side has received the instrument.") if outcome is None or outcome.effect_on else None


def _in_time(move: Move) -> Message | None:
    """The party is asked, has said nothing yet, and neither the wait for consent nor the time itself has run out."""
    extension = move.session.get_one(Extension, move.subject.id)
    mine = next((one for one in consents_to(move.session, extension) if one.party_id == move.party_id), None)
    if mine is None:
        raise NotYoursError("not asked for consent")
    if mine.given is not None:
        return M("Your side has already answered.")
    waits = [clock for clock in running(move.session, move.subject) if clock.due_at > move.clicked]
    limit = move.session.get_one(Clock, extension.clock_id)
    return None if waits and open_at(limit, move.clicked) else M("The time to answer has passed; the first date stays.")


def _proposer(move: Move) -> Message | None:
    """The same person, or another of the same organisation or side."""
    extension = move.session.get_one(Extension, move.subject.id)
    party = party_of(move.session, move.case.id, move.by)
    same_side = extension.party_id is not None and party is not None and party.id == extension.party_id
    if not same_side and extension.person_id != move.by.person_id:
        raise NotYoursError("only who proposed it takes it back")
    return None


def _same_day(move: Move) -> Message | None:
    zone = local_zone(move.case.jurisdiction)
    entered = local_day(move.session.get_one(Pause, move.subject.id).entered_at, zone)
    return None if entered == local_day(move.clicked, zone) else M("A day has passed: end the pause, with the day on which it ended.")


def _delegation(move: Move) -> Message | None:
    if in_force(move.case, move.step.name, move.clicked):
        return None
    return M("Since 2025 the court registers first and entrusts mediation afterwards.")


NEEDS: dict[Need, Check] = {
    **{Need(name): confirms for name, confirms in CHECKS.items()},
    Need.PAYEE: _payee,
    Need.COMPLAINT_DECIDED: complaint_decided,
    Need.OF_THIS_SORT: of_this_sort,
    Need.DEPOSIT_OPEN: deposit_open,
    Need.NOT_MEDIATOR: _not_mediator,
    Need.REGISTERED: _registered,
    Need.NO_CONFLICT: _no_conflict,
    Need.FIRST_REMINDER: _first_reminder,
    Need.NOT_ELSEWHERE: _not_elsewhere,
    Need.POWER_TO_SETTLE: _power_to_settle,
    Need.POWER_TO_SIGN: _power_to(SIGN),
    Need.POWER_TO_ADMIT: _power_to_admit,
    Need.CODE: _code,
    Need.CLAUSES_WHOLE: _clauses_whole,
    Need.NOT_SIGNED_YET: _not_signed_yet,
    Need.HAS_SIGNED: _has_signed,
    Need.NOT_COUNTERSIGNED: _not_countersigned,
    Need.WAY_TO_COURT: _way_to_court,
    Need.PAPERS_SIGNED: _papers_signed,
    Need.COURT_CONSENTS: _court_consents,
    Need.ASKED_BY_COURT: _asked_by_court,
    Need.CONSENT_UNDER_COURT: _consent_under_court,
    Need.APPLIED_TO_WITHDRAW: _applied_to_withdraw,
    Need.RECEIPTS_OUTSTANDING: _receipts_outstanding,
    Need.IN_TIME: _in_time,
    Need.PROPOSER: _proposer,
    Need.SAME_DAY: _same_day,
    Need.DELEGATION: _delegation,
}
