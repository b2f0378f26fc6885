"""Papers of a transfer: the notice to the complainant and the letter to the receiving body."""

from sqlalchemy import select

from tourism_odr.cases.issuing import builds
from tourism_odr.cases.models import Transfer
from tourism_odr.cases.move import Move
from tourism_odr.cases.papers import pages
from tourism_odr.people.models import Organisation
from tourism_odr.text import N_

REASON = N_("The matter lies in the duties or the territory of the receiving body.")


@builds("transfer-notice")
def transfer_notice(move: Move) -> pages.Data:
    """转办通知书: the complainant is told who deals with the complaint from now on."""
    return pages.matter(move, ("transfer-out",), "transfer-notice") | {
        "received_on": pages.local(move.case.received_at, move.case.jurisdiction),
        "receiver": receiver(move),
        "reason": reason(move),
        "next": pages.next_steps(wait=None),
    }


@builds("transfer-letter")
def transfer_letter(move: Move) -> pages.Data:
    """转办函: the complaint with its files goes to the body that is responsible."""
    until = move.papers.get("reply_by")
    return pages.matter(move, ("transfer-out",), "transfer-letter") | {
        "received_on": pages.local(move.case.received_at, move.case.jurisdiction),
        "receiver": receiver(move),
        "reason": reason(move),
        "files": pages.files(move),
        "reply_by": pages.iso(until),
        "next": [],
    }


def receiver(move: Move) -> pages.Data:
    """Named by the command for a body outside; inside the service it is the body that took over."""
    if move.papers.get("receiver"):
        return pages.both(move.papers["receiver"])
    last = select(Transfer).where(Transfer.case_id == move.case.id).limit(1)
    row = move.session.scalars(last.order_by(Transfer.id)).first()
    body = move.session.get_one(Organisation, row.to_body_id if row else move.case.body_id)
    if move.step.name == "case.receive":
        body = move.session.get_one(Organisation, move.case.body_id)
    return {"zh": body.name, "en": body.name_en}


def reason(move: Move) -> pages.Data:
    """Why, in the officer's words when there are any."""
    given = move.papers.get("reason")
    return pages.both(given) if given else pages.said(REASON)
