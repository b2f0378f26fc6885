"""Papers of a court in a suit: registration, corrections, entrusting, instrument, rulings.

Keys that commands give in ``move.papers``: ``points`` (what to correct: title and words), ``words`` (what the
judge or the clerk wrote, in Chinese), ``own_number`` (of a ruling), ``appeal_to`` (the next higher court).
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tourism_odr.cases.deadlines import rulebook_of
from tourism_odr.cases.issuing import builds
from tourism_odr.cases.models import Filing
from tourism_odr.cases.models.filing import ORDINARY, SMALL, SUMMARY
from tourism_odr.cases.move import Move
from tourism_odr.cases.papers import pages
from tourism_odr.cases.papers.pages import Data
from tourism_odr.cases.relations import sides_of
from tourism_odr.clock import local_day
from tourism_odr.people import persons
from tourism_odr.people.models import Organisation
from tourism_odr.rulebooks import ClockRule, find_rule
from tourism_odr.text import LOCALES, N_, M, Message

PROCEDURES = {
    ORDINARY: N_("Ordinary procedure"),
    SUMMARY: N_("Summary procedure"),
    SMALL: N_("Small claims procedure"),
}
EFFECT = N_("This instrument takes legal effect once both sides have received it.")


def suit(move: Move, rules: tuple[str, ...] = (), **until: date | None) -> Data:
    """What all papers of a suit have; ``until``: what the reader may do next."""
    filing = move.session.get_one(Filing, move.subject.id)
    court = move.session.get_one(Organisation, filing.court_id)
    case = move.case
    return {
        "locale": case.locale if case.locale in LOCALES else "en",
        "issuer": {"zh": court.name, "en": court.name_en},
        "number": "",
        "own_number": "",
        "case_number": filing.number or case.number,
        "date": pages.local(move.at, case.jurisdiction),
        "basis": pages.basis(move.session, rulebook_of(case), rules, None, local_day(move.at)),
        "next": pages.next_steps(**until),
        "signatures": [],
        "verify_url": "",
        "parties": _sides(move, filing),
        "cause": filing.cause,
        "lines": [],
        "sections": [],
        "counts": pages.counts(move, rules),
    }


def _sides(move: Move, filing: Filing) -> list[Data]:
    return [
        {
            "name": pages.name_of(move.session, one),
            "part": "plaintiff" if one.id == filing.plaintiff_id else "defendant",
            "acted_by": "",
        }
        for one in sides_of(move.session, filing)
    ]


def line(label: str, value: str | Message | Mapping[str, Any]) -> Data:
    """One labelled line."""
    return {"label": pages.said(label), "value": pages.both(value)}


def section(title: str, *paragraphs: str | Message) -> Data:
    """A heading with what stands below it; a plain string is what somebody wrote."""
    return {"title": pages.said(title), "paragraphs": [pages.both(one) for one in paragraphs if one]}


@builds("suit-registered")
def registered(move: Move) -> Data:
    """受理案件通知书: the suit has its number, its judge and its procedure."""
    filing = move.session.get_one(Filing, move.subject.id)
    judge = persons.names_of([filing.judge_id])[filing.judge_id] if filing.judge_id else ""
    return suit(move, ("register",), pay_fee=None, trial=None) | {
        "lines": [
            line(N_("Procedure"), Message(PROCEDURES[filing.procedure or ORDINARY])),
            line(N_("Judge"), judge),
        ],
        "sections": [section(N_("Decision"), M("The court registers this suit. You are told separately of the fee and of the hearing."))],
    }


@builds("suit-correction")
def correction(move: Move) -> Data:
    """补正告知书: everything that is missing, told at once, and by when."""
    day = pages.clock_day(move, "correct")
    return suit(move, ("correct",), correct=day) | {
        "sections": [
            section(N_("What to correct"), *(f"{number}. {words}" for number, words in enumerate(move.papers["points"], 1)))
        ],
    }


@builds("suit-refusal")
def refusal(move: Move) -> Data:
    """民事裁定书: the judge refuses to register the suit; the appeal is named."""
    return suit(move, ("register",), appeal=None) | {
        "own_number": move.papers["own_number"],
        "case_number": move.papers["own_number"],
        "sections": [
            section(N_("Reasons"), move.papers["words"]),
            section(
                N_("Ruling"),
                M("The suit is not registered."),
                M(
                    "Whoever does not accept this ruling may appeal within %(count)s days of its service, through this court, to %(court)s.",
                    count=appeal_rule(move).count,
                    court=move.papers["appeal_to"],
                ),
            ),
        ],
    }


def appeal_rule(move: Move) -> ClockRule:
    """How long one may appeal against the ruling (CPL art. 171)."""
    return find_rule(rulebook_of(move.case).jurisdiction, "court.appeal-ruling", local_day(move.at))


@builds("suit-entrustment")
def entrustment(move: Move) -> Data:
    """委托调解函: after registration, with the consent of both sides."""
    return _handed_over(move, M("With the consent of both sides the court entrusts this registered case to mediation."))


@builds("suit-delegation")
def delegation(move: Move) -> Data:
    """委派调解函: before registration, in the older rules."""
    return _handed_over(move, M("With the consent of both sides the court delegates this case to mediation before registration."))


def _handed_over(move: Move, decision: Message) -> Data:
    return suit(move) | {
        "sections": [
            section(
                N_("Decision"),
                decision,
                M("The time for the mediation counts from the day on which the mediator accepts."),
                move.papers.get("words", ""),
            )
        ],
    }


@builds("suit-instrument")
def instrument(move: Move) -> Data:
    """民事调解书: what the two sides agreed, as the judge confirms it."""
    filing = move.session.get_one(Filing, move.subject.id)
    return suit(move, receive=None) | {
        "own_number": filing.number or "",
        "sections": [
            section(N_("What the two sides agreed"), move.papers["words"]),
            section(N_("What the court confirms"), M("The agreement was made freely and breaks no law; the court confirms it."), Message(EFFECT)),
        ],
    }


@builds("suit-withdrawal")
def withdrawal(move: Move) -> Data:
    """民事裁定书: the withdrawal of the suit is permitted."""
    filing = move.session.get_one(Filing, move.subject.id)
    return suit(move) | {
        "own_number": filing.number or "",
        "sections": [
            section(N_("Reasons"), move.papers.get("words") or M("The plaintiff applied to withdraw the suit.")),
            section(N_("Ruling"), M("The plaintiff is permitted to withdraw the suit.")),
        ],
    }
