"""A suit prepared, signed and submitted by the commands that the pages call."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from tests.builders import HOUR, TheCase
from tests.referral.courts import TheCourt
from tourism_odr.cases import steps
from tourism_odr.cases.models import Case, Filing, FilingPaper, Subject
from tourism_odr.cases.models.filing import CONSENTS, PAPERS
from tourism_odr.cases.papers.suit import papers_of
from tourism_odr.db import db, unit_of_work
from tourism_odr.people.actor import THE_TABLE
from tourism_odr.referral.commands import filing as commands
from tourism_odr.referral.queries import bundle
from tourism_odr.referral.queries import filing as queries

PERSONAL = {
    "name": "林晓彤", "identity": "canaryidentity", "address": "canaryhome", "phone": "13800000000", "email": "", "gender": "",
    "birth": "", "nationality": "",
}  # fmt: skip
SERVED_AT = {"address": "canaryhome", "phone": "13800000000", "email": "", "recipient": "林晓彤", "post_code": ""}


def breached(case: TheCase) -> None:
    """A payment of the signed agreement was missed: the way to the court is open."""
    case.at += HOUR
    assert case.agreement is not None
    with unit_of_work():
        steps.take(case.agreement, "agreement.breach", by=THE_TABLE, at=case.at)


def prepared(case: TheCase, court: TheCourt) -> UUID:
    """Every paper written from the record, with the plaintiff's own data in it."""
    case.at += HOUR
    session = db.session()
    against = queries.eligible(session, session.get_one(Case, case.id))
    wanted = commands.Prepare(
        case.id, court.id, (against[0].party.id,), "domicile", "旅游合同纠纷", Decimal("1400"), arbitration=False,
        foreign=False, small_claim=False,
    )  # fmt: skip
    filing_id = commands.prepare(wanted, by=case.people.tourist, at=case.at)
    words = dict(paper(filing_id, "complaint").words)
    write = commands.Write(filing_id, seen(filing_id), {name: words[name] for name in ("claims", "facts", "witnesses")}, PERSONAL)
    commands.write_complaint(write, amount=Decimal("1400"), cause="旅游合同纠纷", by=case.people.tourist, at=tick(case))
    address = commands.Write(filing_id, seen(filing_id), {"kept_up": True}, SERVED_AT)
    commands.write_service_address(address, by=case.people.tourist, at=tick(case))
    return filing_id


def tick(case: TheCase) -> datetime:
    """An hour later."""
    case.at += HOUR
    return case.at


def paper(filing_id: UUID, kind: str) -> FilingPaper:
    """One of its papers as it stands."""
    return papers_of(db.session(), filing_id)[kind]


def seen(filing_id: UUID) -> int:
    """The version that a page would show."""
    subject = db.session().get_one(Subject, filing_id)
    db.session().refresh(subject)
    return subject.version


def signed(case: TheCase, filing_id: UUID) -> None:
    """Each paper by itself, and both questions answered with yes."""
    for kind in PAPERS:
        sign = commands.SignPaper(filing_id, seen(filing_id), kind, paper(filing_id, kind).digest, code_checked=True)
        commands.sign_paper(sign, by=case.people.tourist, at=tick(case))
    commands.consent(filing_id, dict.fromkeys(CONSENTS, True), code_checked=True, by=case.people.tourist, at=tick(case))


def submitted(case: TheCase, filing_id: UUID) -> None:
    """Handed to the court by the plaintiff."""
    by, at = case.people.tourist, tick(case)
    attached = bundle.attached(db.session(), db.session().get_one(Filing, filing_id), by, at)
    commands.submit(filing_id, seen(filing_id), attached, code_checked=True, by=by, at=at)


def package(case: TheCase, filing_id: UUID) -> bytes:
    """What plaintiff and court download."""
    session = db.session()
    found = session.get_one(Case, case.id), session.get_one(Subject, filing_id), session.get_one(Filing, filing_id)
    return bundle.bundle(session, *found, case.at)


def sue(case: TheCase, court: TheCourt) -> UUID:
    """From the breach to the court."""
    breached(case)
    filing_id = prepared(case, court)
    signed(case, filing_id)
    submitted(case, filing_id)
    return filing_id
