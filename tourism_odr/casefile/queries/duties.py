"""What a reader has to do now, what else is open to them, and how far the case is."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.casefile.queries.overview import Line, Overview
from tourism_odr.casefile.queries.timing import actions_on
from tourism_odr.cases.applying import fits_sort
from tourism_odr.cases.lifecycle import STEPS, Step, is_final
from tourism_odr.cases.lifecycle import agreement as of_agreement
from tourism_odr.cases.lifecycle import case as of_case
from tourism_odr.cases.lifecycle import instalment as of_instalment
from tourism_odr.cases.lifecycle import respondent as of_respondent
from tourism_odr.cases.models import Application, Instalment, Offer, Signature
from tourism_odr.cases.models.agreement import BY_THE_SIDES
from tourism_odr.cases.models.clock import RUNNING
from tourism_odr.cases.queries import offered_steps
from tourism_odr.cases.relations import concerns, is_mediator, party_of
from tourism_odr.people.roles import COMPLAINANT, RESPONDENT, Role
from tourism_odr.text import N_

# Open as long as the case is, and never what anybody waits for.
WAYS_OUT = frozenset({
    "extension.withdraw", "pause.end", "pause.undo",
    "case.withdraw", "respondent.settle", "offer.withdraw", "agreement.unlock", "agreement.abandon", "agreement.take-back",
    "filing.withdraw", "filing.reopen", "filing.apply-withdrawal", "appointment.replace", "urge.close", "respondent.complete", "respondent.merge",
    "volume.renew", "volume.lend",
})  # fmt: skip
# Waited for although no clock of the subject says so.
AWAITED = frozenset({"filing.revise", "filing.submit", "agreement.countersign", "service.open", "transfer.accept", "transfer.object", "transfer.designate", "urge.approve", "urge.drop", "application.dispatch", "volume.file"})
# Pages of their own lead there: the room, the file, the facts.
BESIDE = frozenset({"case.write", "case.add-evidence", "case.copy-item", "case.take-stand", "case.leave-room"})
EXTENSION = "extension"
AWAITING_PAYMENT = (of_instalment.DUE, of_instalment.DISPUTED)
STOPS = (N_("Sent"), N_("Acceptance"), N_("Answer"), N_("Mediation"), N_("Result"))
ACCEPTANCE, ANSWER, MEDIATION, RESULT, OVER = range(1, 6)
REACHED = {
    **dict.fromkeys((*of_respondent.BEFORE_SERVICE, of_respondent.AWAITING_ANSWER, *of_respondent.QUIET), ANSWER),
    of_respondent.ANSWERED: MEDIATION,
    of_respondent.INVITED: MEDIATION,
    of_respondent.MEDIATION: MEDIATION,
    of_respondent.AGREED: RESULT,
}


@dataclass(frozen=True)
class Duty:
    """A step that is open to the reader, on which subject, and whether somebody waits for it."""

    step: Step
    line: Line
    due: bool


def duties(session: Session, view: Overview) -> list[Duty]:
    """Every open step of the reader across the subjects, those that are waited for first."""
    mine_to_do = _concerned(session, view)
    signed, asked = _signed(session, view), _asked(session, view)
    found = [
        Duty(step, line, _waited_for(step, line))
        for line in view.lines
        for step in _steps(view, line)
        if mine_to_do(line) and _fits(view, line, step, signed) and (line.subject.kind != EXTENSION or (line.subject.id, step.name) in asked)
    ]
    return sorted(found, key=_rank)


def _asked(session: Session, view: Overview) -> set[tuple[UUID, str]]:
    """What the reader's own side has yet to say to proposals of more time, or may take back of them."""
    return {
        (line.subject.id, name)
        for line in view.of_kind(EXTENSION)
        for name in actions_on(session, view.case, line.subject, view.actor)
    }


def _rank(duty: Duty) -> tuple[bool, ...]:
    """What is waited for comes first; of several answers, the one that leads on before those that end the matter."""
    step = duty.step
    ends = step.enters is not None and step.kind != "instalment" and is_final(step.kind, step.enters)
    return not duty.due, step.name in WAYS_OUT, ends, not step.then


def _steps(view: Overview, line: Line) -> list[Step]:
    held = {(pending.subject_id, pending.step) for pending, _ in view.pending}
    steps = offered_steps(view.case, line.subject, view.actor.role)
    return [step for step in steps if step.human and step.name not in BESIDE and (line.subject.id, step.name) not in held]


def _concerned(session: Session, view: Overview) -> Callable[[Line], bool]:
    """``relations.concerns`` for many subjects, asking only once who the reader is in the case."""
    actor, case = view.actor, view.case
    if actor.role in COMPLAINANT | RESPONDENT:
        stands = (view.mine or party_of(session, case.id, actor)) is not None
        return lambda line: stands and concerns(session, case, line.subject, actor, party=view.mine)
    if actor.role is Role.MEDIATOR:
        sits = is_mediator(session, case.id, actor)
        own = ("appointment", "urge", "agreement")
        return lambda line: concerns(session, case, line.subject, actor) if line.subject.kind in own else sits
    return lambda line: concerns(session, case, line.subject, actor)


def _fits(view: Overview, line: Line, step: Step, signed: set[UUID]) -> bool:
    """Each side its own: the maker of an offer, the payer and the payee, who has signed and who has not."""
    mine = view.mine
    if isinstance(line.noun, Offer):
        own = line.noun.party_id == (mine.id if mine else None)
        return own == (step.name == "offer.withdraw")
    if isinstance(line.noun, Application):
        return fits_sort(step.name, line.noun.sort)
    if isinstance(line.noun, Instalment) and mine is not None:
        return mine.id == (line.noun.payer_id if step.name == "instalment.report" else line.noun.payee_id)
    if step.name == "agreement.countersign":
        return line.noun.path != BY_THE_SIDES and line.subject.id not in signed
    if step.name in ("agreement.sign", "agreement.take-back"):
        return (line.subject.id in signed) == (step.name == "agreement.take-back")
    return True


def _signed(session: Session, view: Overview) -> set[UUID]:
    """The texts that the reader's side, or the mediator who reads, has signed."""
    if view.actor.role is Role.MEDIATOR:
        return {event.subject_id for event in view.events if event.step == "agreement.countersign"}
    locked = [one.subject.id for one in view.of_kind("agreement") if one.subject.stage == of_agreement.LOCKED]
    if not locked or view.mine is None:
        return set()
    rows = select(Signature.agreement_id).where(
        Signature.agreement_id.in_(locked), Signature.party_id == view.mine.id, Signature.signed_at.is_not(None)
    )
    return set(session.scalars(rows))


def _waited_for(step: Step, line: Line) -> bool:
    """Whether a running clock of the subject ends by the step, or by what follows from it at once."""
    if step.name in AWAITED or line.subject.stage == of_case.REFUSAL_PROPOSED:
        return True
    if line.subject.stage == of_respondent.REMINDER_ASKED and step.name == "respondent.remind":
        return True
    unreported = step.kind == "instalment" and step.name != "instalment.report" and line.subject.stage in AWAITING_PAYMENT
    if step.name in WAYS_OUT or step.name == "respondent.remind" or unreported:
        return False
    ends = {name for one in (step, *(STEPS[then.step] for then in step.then)) for name in one.stops}
    return any(clock.name in ends and clock.status == RUNNING for clock in line.clocks)


def reached(view: Overview) -> int:
    """Which stop of the progress the case has reached: as far as its furthest respondent."""
    subject = next((line.subject for line in view.lines if line.subject.id == view.case.id), None)
    if subject is not None and is_final("case", subject.stage):
        return OVER
    if view.case.accepted_at is None:
        return ACCEPTANCE
    return max((REACHED.get(line.subject.stage, ANSWER) for line in view.of_kind("respondent")), default=ANSWER)

