"""Issuing documents: the row with its frozen data is written in the step; a job renders the file later."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from tourism_odr.cases.models import Case, Document, StandingAuthority
from tourism_odr.cases.models.document import DRAFT, ISSUED
from tourism_odr.cases.move import Move
from tourism_odr.cases.numbers import draw
from tourism_odr.clock import local_day
from tourism_odr.db import rows_of
from tourism_odr.people.models import Organisation
from tourism_odr.people.roles import COURT, SUPERVISOR, Role

# Papers that only the head signs (refusal, termination and urging need the head's approval; the agreement the seal).
HEAD_SIGNS = frozenset({"refusal", "termination", "urge", "agreement"})
# What a plaintiff signs and submits is theirs alone.
OF_A_SUIT = frozenset({"suit-complaint", "suit-evidence", "suit-service", "suit-parties", "suit-facts"})
# Papers that the service itself hands out: nobody's decision, so nobody has to sign them.
SIGNED_BY_NOBODY = frozenset({
    "receipt", "withdrawal", "payment-receipt", "settlement", "delegated-agreement", "confirmation-application",
    "enforcement-application", "mediation-proof",
}) | OF_A_SUIT  # fmt: skip
# Numbered with the case, never in a body's series: papers of the sides, or of a mediator whom a court named.
WITH_THE_CASE = frozenset({
    "settlement", "delegated-agreement", "confirmation-application", "enforcement-application", "mediation-proof",
}) | OF_A_SUIT  # fmt: skip
JUDGE_SIGNS = frozenset({"confirmation-ruling", "suit-refusal", "suit-instrument", "suit-withdrawal"})
NUMBERING = {
    "receipt": "收", "acceptance": "受", "refusal": "不受", "transfer-notice": "转", "transfer-letter": "转函",
    "service-letter": "答通", "non-response": "未答", "reminder": "催", "termination": "终", "agreement": "调",
    "payment-receipt": "付", "urge": "督", "withdrawal": "撤", "settlement": "和", "delegated-agreement": "协",
    "confirmation-application": "司确申", "enforcement-application": "执申", "mediation-proof": "调证",
    "confirmation-ruling": "司确裁",
    "enforcement-letter": "移线", "deposit-letter": "保申", "volume-catalogue": "卷",
    "suit-complaint": "诉", "suit-evidence": "证", "suit-service": "址", "suit-parties": "当", "suit-facts": "实",
    "suit-registered": "立", "suit-correction": "补", "suit-entrustment": "委调", "suit-delegation": "派调",
    "suit-refusal": "不立裁", "suit-instrument": "民调", "suit-withdrawal": "撤诉裁",
}  # fmt: skip

Builder = Callable[[Move], dict[str, Any]]
BUILDERS: dict[str, Builder] = {}


def builds(kind: str) -> Callable[[Builder], Builder]:
    """Register the function that freezes the data of one kind of document (``cases/papers/``)."""

    def register(builder: Builder) -> Builder:
        BUILDERS[kind] = builder
        return builder

    return register


def issue(move: Move) -> list[Document]:
    """Write a row for each document of the step; those that may leave now wait in line for their number."""
    written = []
    for kind in move.step.issues:
        authority = None if move.by.role not in (Role.CLOCK, Role.TABLE) else _authority(move, kind)
        document = Document(
            id=uuid4(),
            case_id=move.case.id,
            place_id=move.places[0].id,
            subject_id=move.subject.id,
            event_id=move.event.id,
            body_id=issuer_of(move),
            kind=kind,
            status=DRAFT,
            rule=move.case.jurisdiction,
            data=BUILDERS[kind](move),
            created=move.at,
            authority_id=authority.id if authority else None,
        )
        move.session.add(document)
        written.append(document)
        if may_leave(kind, move.by.role, authority):
            document.signer_id = authority.signed_by if authority else move.by.person_id
            _line(move.session).append((document, move.at))
    return written


def issuer_of(move: Move) -> UUID:
    """Whose paper it is: a court's own, else that of the body which is responsible for the case."""
    if move.by.role in COURT and move.by.organisation_id:
        return move.by.organisation_id
    return move.case.body_id


def may_leave(kind: str, role: Role, authority: StandingAuthority | None) -> bool:
    """Whether the paper may be issued at once, or waits as a draft for its signer."""
    if kind in SIGNED_BY_NOBODY or authority is not None:
        return True
    if kind in HEAD_SIGNS:
        return role is Role.HEAD
    if kind in JUDGE_SIGNS:
        return role is Role.JUDGE
    return role in SUPERVISOR | COURT


def _authority(move: Move, kind: str) -> StandingAuthority | None:
    given = rows_of(move.session, StandingAuthority, body_id=move.case.body_id)
    standing = (one for one in given if one.kind == kind and one.since <= move.at and one.revoked_at is None)
    return next(standing, None)


def _line(session: Session) -> list[tuple[Document, datetime]]:
    line: list[tuple[Document, datetime]] = session.info.setdefault("waiting_for_number", [])
    return line


def number_waiting(session: Session) -> None:
    """Draw the numbers of all documents issued in this unit of work, in one order everywhere: no deadlock."""
    line = session.info.pop("waiting_for_number", [])
    for document, at in sorted(line, key=lambda pair: (str(pair[0].body_id), pair[0].kind, str(pair[0].id))):
        give_number(session, document, at)


def give_number(session: Session, document: Document, at: datetime) -> None:
    """Issue a document: from now on it has a number and a date.  A court gives some of its papers their number itself."""
    body = session.get_one(Organisation, document.body_id)
    year = local_day(at).year
    if own := document.data.get("own_number"):
        document.number = own
    elif document.kind in WITH_THE_CASE:
        case = session.get_one(Case, document.case_id)
        last = draw(session, str(case.id), document.kind, year)
        document.number = f"{case.number}{NUMBERING[document.kind]}{last}号"
    else:
        last = draw(session, str(body.id), document.kind, year)
        document.number = f"{body.code or body.name}{NUMBERING[document.kind]}字〔{year}〕{last}号"
    document.status, document.issued_at = ISSUED, at


def sign_draft(session: Session, document_id: UUID, signer_id: UUID, at: datetime) -> Document:
    """The head signs a waiting draft; it is numbered and dated now."""
    document = session.get_one(Document, document_id)
    if document.status == DRAFT:
        document.signer_id = signer_id
        give_number(session, document, at)
    return document
