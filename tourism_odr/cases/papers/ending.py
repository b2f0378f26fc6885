"""Papers of an end without agreement: termination, withdrawal."""

from sqlalchemy import select

from tourism_odr.cases.issuing import builds
from tourism_odr.cases.items import Words
from tourism_odr.cases.lifecycle import STEPS, PlaceKind
from tourism_odr.cases.models import Event, Party, Place
from tourism_odr.cases.move import Move
from tourism_odr.cases.papers import pages
from tourism_odr.text import N_

# Lines of the file that tell the course of a case; talk and files are not part of it.
COURSE = frozenset({"case", "respondent", "service", "agreement"})
QUIET = frozenset(
    {"case.write", "case.add-evidence", "case.copy-item", "case.take-stand", "respondent.expect"}
)
REASONS = {
    "case.run-out": "time",
    "respondent.decline-invitation": "no-consent",
    "respondent.lapse-invitation": "no-consent",
    "respondent.count-as-refusal": "no-response",
}
EXPLANATIONS = {
    "no-agreement": N_("The parties did not reach an agreement."),
    "no-response": N_("The respondent did not answer."),
    "no-consent": N_("Mediation is voluntary, and there was no consent to it."),
    "withdrawn": N_("The complaint was withdrawn."),
    "time": N_("The time that the law gives for the case ran out."),
    "not-honoured": N_("What was agreed was not kept."),
    "other": N_("The mediation ended for another reason."),
}
NO_REASON = N_("No reason was given.")


@builds("termination")
def termination(move: Move) -> pages.Data:
    """旅游投诉终止调解书: that mediation ended, why, and what stays open."""
    code = reason_code(move)
    explanation = move.papers.get("explanation") or words(move)
    return pages.matter(move, ("conclude-local", "conclude-national"), "termination") | {
        "accepted_on": pages.local(move.case.accepted_at or move.case.received_at, move.case.jurisdiction),
        "ended_on": pages.local(move.at, move.case.jurisdiction),
        "reason": code,
        "explanation": pages.both(explanation) if explanation else pages.said(EXPLANATIONS[code]),
        "course": course(move),
        "next": pages.next_steps(mediate=None, arbitrate=None, sue=None),
    }


@builds("withdrawal")
def withdrawal(move: Move) -> pages.Data:
    """撤回投诉确认书: the complainant took the complaint back."""
    given = move.papers.get("reason")
    return pages.matter(move) | {
        "received_on": pages.local(move.case.received_at, move.case.jurisdiction),
        "withdrawn_at": move.clicked.isoformat(),
        "reason": pages.both(given) if given else pages.said(NO_REASON),
        "next": pages.next_steps(new_facts=None, sue=None),
    }


def words(move: Move) -> str:
    """What the mediator wrote for both sides to read."""
    written = move.papers.get("words")
    return written.body if isinstance(written, Words) else ""


def reason_code(move: Move) -> str:
    """The structured reason: given by the mediator, or read from the step."""
    given = str(move.papers.get("reason", ""))
    if given in EXPLANATIONS:
        return given
    if move.step.name == "respondent.terminate":
        return "other" if given else "no-agreement"
    if move.step.name in REASONS:
        return REASONS[move.step.name]
    party = move.session.get(Party, move.subject.id)
    return "no-consent" if party is not None and party.answer else "no-response"


def course(move: Move) -> list[pages.Data]:
    """What happened, as far as the whole file tells it; of another respondent's own road nothing."""
    respondents = select(Party.id).where(Party.case_id == move.case.id, Party.side == "respondent")
    others = (
        set(move.session.scalars(respondents)) - {move.subject.id}
        if move.subject.kind == "respondent"
        else set()
    )
    lines = move.session.scalars(
        select(Event)
        .join(Place, Place.id == Event.place_id)
        .where(Event.case_id == move.case.id, Place.kind == PlaceKind.FILE.value)
        .order_by(Event.number)
    )
    return [
        {"at": line.at.isoformat(), "text": pages.said(STEPS[line.step].past)}
        for line in lines
        if STEPS[line.step].kind in COURSE and line.step not in QUIET and line.subject_id not in others
    ]
