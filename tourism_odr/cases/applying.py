"""What must hold before a letter of an application leaves: the ``needs`` of its table."""

from collections.abc import Callable

from sqlalchemy import select

from tourism_odr.cases.announced import confirmation
from tourism_odr.cases.deadlines import rulebook_of
from tourism_odr.cases.errors import NotYoursError
from tourism_odr.cases.lifecycle import case as of_case
from tourism_odr.cases.models import Agreement, Application, Clock, Party, Signature, Subject
from tourism_odr.cases.models.application import DEPOSIT, ENFORCEMENT
from tourism_odr.cases.models.clock import MISSED
from tourism_odr.cases.move import Move
from tourism_odr.rulebooks.applications import ApplicationGround, application_grounds
from tourism_odr.text import N_, M, Message

AGENCY = "agency"  # the kind of a party that is a travel agency
UNDECIDED = (of_case.LODGED, of_case.RETURNED, of_case.REFUSAL_PROPOSED)
LETTERS = {ENFORCEMENT: "application.write-lead", DEPOSIT: "application.write-deposit"}  # the step that writes each
INQUIRY, ADMITTED, BREACH, SILENCE = "inquiry", "admitted", "breach", "silence"
RESTS_ON = {
    INQUIRY: N_("The body's own inquiry"),
    ADMITTED: N_("The agency admitted the facts"),
    BREACH: N_("The agency did not perform the agreement that it signed"),
    SILENCE: N_("The agency did not answer in time"),
}


def complaint_decided(move: Move) -> Message | None:
    """A complaint that may still move to another body is decided on first."""
    stage = move.session.get_one(Subject, move.case.id).stage
    return M("First decide whether the complaint is accepted.") if stage in UNDECIDED else None


def fits_sort(step: str, sort: str) -> bool:
    """Whether a step is one of this sort of application: the letters differ, all else is the same."""
    return step not in LETTERS.values() or step == LETTERS[sort]


def of_this_sort(move: Move) -> Message | None:
    """Each sort has its own letter."""
    if not fits_sort(move.step.name, move.session.get_one(Application, move.subject.id).sort):
        raise NotYoursError("a letter of another sort")
    return None


def deposit_open(move: Move) -> Message | None:
    """The deposit of a travel agency, on a verified violation or failure, and on no value of a weak grade."""
    asked = move.session.get_one(Application, move.subject.id)
    if move.session.get_one(Party, asked.respondent_id).kind != AGENCY:
        return M("Only a travel agency has a quality deposit. This respondent is none.")
    ground = ground_of(move, asked)
    if ground is None or asked.verified_on is None:
        return M("Say which violation or failure was verified, and when.")
    if ground.weak and confirmation(move.session, ground.version, ground.code) is None:
        return M("This ground is not read in the official text. It warns, but no step on a deposit rests on it.")
    return PROOFS[asked.rests_on or INQUIRY](move, asked)


def ground_of(move: Move, asked: Application) -> ApplicationGround | None:
    """The ground of an application as the law of the case has it."""
    return application_grounds(rulebook_of(move.case).jurisdiction, asked.sort).get(asked.ground or "")


def _standing(_move: Move, _asked: Application) -> Message | None:
    """The officer's own finding stands in the letter, under their name."""
    return None


def _breached(move: Move, asked: Application) -> Message | None:
    signed = select(Signature.agreement_id).where(Signature.party_id == asked.respondent_id)
    broken = select(Subject.id).join(Agreement, Agreement.id == Subject.id)
    found = move.session.scalars(broken.where(Subject.stage == "breached", Subject.id.in_(signed))).first()
    return None if found else M("No agreement that this agency signed is recorded as not performed.")


def _silent(move: Move, asked: Application) -> Message | None:
    missed = select(Clock).where(Clock.subject_id == asked.respondent_id, Clock.name == "answer", Clock.status == MISSED)
    last = move.session.scalars(missed.order_by(Clock.due_at.desc())).first()
    if last is None:
        return M("No missed time limit of this agency is on record.")
    if last.weak:
        return M("The time limit that was missed is not read in the official text. It warns, but no step on a deposit rests on it.")
    return None


PROOFS: dict[str, Callable[[Move, Application], Message | None]] = {
    INQUIRY: _standing,
    ADMITTED: _standing,
    BREACH: _breached,
    SILENCE: _silent,
}
