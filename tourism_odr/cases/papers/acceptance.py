"""Papers of the beginning: receipt, acceptance, refusal."""

from typing import Any

from sqlalchemy import select

from tourism_odr.cases.deadlines import rulebook_of
from tourism_odr.cases.issuing import builds
from tourism_odr.cases.models import Event
from tourism_odr.cases.move import Move
from tourism_odr.cases.papers import pages
from tourism_odr.cases.papers.words import channel_title
from tourism_odr.rulebooks import Ground


@builds("receipt")
def receipt(move: Move) -> pages.Data:
    """Handed out when the complaint is lodged: it arrived, and by when the body decides."""
    case = move.case
    return pages.matter(move, ("decide",)) | {
        "received_at": case.received_at.isoformat(),
        "channel": pages.said(channel_title(case.channel)),
        "claim": pages.money(case.claimed, case.currency),
        "files": pages.files(move),
        "decide_by": pages.iso(pages.clock_day(move, "decide")),
        "next": pages.next_steps(wait=pages.clock_day(move, "decide")),
    }


@builds("acceptance")
def acceptance(move: Move) -> pages.Data:
    """受理通知书: the body takes the complaint, and until when it must have ended."""
    days = [pages.clock_day(move, name) for name in ("conclude-local", "conclude-national")]
    last = min((day for day in days if day), default=None)
    return pages.matter(move, ("conclude-local", "conclude-national"), "acceptance") | {
        "received_on": pages.local(move.case.received_at, move.case.jurisdiction),
        "conclude_by": pages.iso(last),
        "answer_by": None,
        "next": pages.next_steps(wait=last, mediate=None),
    }


@builds("refusal")
def refusal(move: Move) -> pages.Data:
    """不予受理通知书: each ground with its article, and the other ways that stay open."""
    found = grounds(move)
    return pages.matter(move, (), "refusal") | {
        "received_on": pages.local(move.case.received_at, move.case.jurisdiction),
        "grounds": [{"text": text(move, ground), "article": pages.said(ground.article)} for ground in found],
        "next": pages.next_steps(**dict.fromkeys(ways(found))),
    }


def text(move: Move, ground: Ground) -> pages.Data:
    """The ground as the rulebook names it, and the officer's words on this case."""
    title, more = pages.said(ground.title), pages.both(move.papers.get("reason"))
    return {
        "zh": "：".join(part for part in (title["zh"], more["zh"]) if part),
        "en": ": ".join(part for part in (title["en"], more["en"]) if part),
    }


ROUTES = {
    "court": "sue", "arbitration": "arbitrate", "consumer-council": "elsewhere", "competent-body": "elsewhere",
    "follow-there": "elsewhere", "complain-again": "new_facts",
    "trader-first": "ask_trader", "national-court": "sue",
}  # fmt: skip


def ways(found: list[Ground]) -> list[str]:
    """The other ways that the grounds leave open, as the documents call them."""
    routes = [ROUTES[route] for ground in found for route in ground.routes]
    return list(dict.fromkeys([*routes, "new_facts"]))


def grounds(move: Move) -> list[Ground]:
    """The grounds that the command names, else those of the proposal that the head approves."""
    one: Any = move.papers.get("ground")
    codes = move.papers.get("grounds") or ([one] if one else _proposed(move))
    known = {ground.code: ground for ground in rulebook_of(move.case).grounds}
    return [known[code] for code in codes if code in known]


def _proposed(move: Move) -> list[str]:
    proposal = select(Event.facts).where(
        Event.case_id == move.case.id, Event.subject_id == move.case.id, Event.step == "case.propose-refusal"
    )
    facts = move.session.scalars(proposal.order_by(Event.at.desc()).limit(1)).first() or {}
    return [code for code in str(facts.get("ground", "")).replace(",", ";").split(";") if code]
