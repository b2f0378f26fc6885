"""Letters of applications beside the case: on unlawful conduct, and on the quality deposit.

The files are those that the officer chose among what may go to a court; nothing of a room is ever read here.
"""

from sqlalchemy import select

from tourism_odr.cases.applying import INQUIRY, RESTS_ON, ground_of
from tourism_odr.cases.issuing import builds
from tourism_odr.cases.models import Application, ApplicationFile, Evidence, Item, Party
from tourism_odr.cases.move import Move
from tourism_odr.cases.papers import pages
from tourism_odr.people.models import Organisation


@builds("enforcement-letter")
def enforcement_letter(move: Move) -> pages.Data:
    """违法线索移送函: what was found, with the files, to the body that enforces."""
    return _letter(move)


@builds("deposit-letter")
def deposit_letter(move: Move) -> pages.Data:
    """质量保证金使用申请函: the verified violation or failure, and the amount asked for."""
    asked = move.session.get_one(Application, move.subject.id)
    return _letter(move) | {
        "amount": pages.money(asked.amount, asked.currency),
        "verified_on": pages.iso(asked.verified_on),
        "rests_on": pages.said(RESTS_ON[asked.rests_on or INQUIRY]),
    }


def _letter(move: Move) -> pages.Data:
    session = move.session
    asked = session.get_one(Application, move.subject.id)
    party = session.get_one(Party, asked.respondent_id)
    known = session.get(Organisation, party.organisation_id) if party.organisation_id else None
    return pages.matter(move) | {
        "received_on": pages.local(move.case.received_at, move.case.jurisdiction),
        "receiver": {"zh": asked.receiver or "", "en": asked.receiver_en or ""},
        "respondent": pages.name_of(session, party),
        "respondent_number": (known.uscc or known.licence or "") if known else "",
        "ground": _ground(move, asked),
        "account": pages.both(move.papers.get("account")),
        "files": _files(move),
    }


def _ground(move: Move, asked: Application) -> pages.Data:
    """The ground with the article that names it, and how surely that is known."""
    ground = ground_of(move, asked)
    if ground is None:
        raise LookupError(f"{asked.ground!r} is no ground of this law")
    return {
        "text": pages.said(ground.title),
        "article": {"zh": f"《{ground.source}》" + pages.said(ground.article)["zh"], "en": f"{ground.law}, {ground.article}"},
        "grade": pages.GRADES[ground.grade],
    }


def _files(move: Move) -> list[pages.Data]:
    chosen = select(Evidence.name, Evidence.digest).join(Item, Item.id == Evidence.item_id)
    chosen = chosen.join(ApplicationFile, ApplicationFile.item_id == Item.id)
    rows = move.session.execute(chosen.where(ApplicationFile.application_id == move.subject.id).order_by(Item.at, Item.number))
    return [{"name": row.name, "digest": row.digest} for row in rows]
