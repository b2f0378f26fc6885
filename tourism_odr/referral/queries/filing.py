"""What the plaintiff sees of a suit: against whom the way is open, which court, what is left to do, what goes along."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from tourism_odr.cases.audience import readable_documents, readable_items, readable_places
from tourism_odr.cases.issuing import OF_A_SUIT
from tourism_odr.cases.items import StoredFile
from tourism_odr.cases.lifecycle import NEW, PlaceKind, stage_title
from tourism_odr.cases.lifecycle import suit as stages
from tourism_odr.cases.models import (
    Case,
    Clock,
    Document,
    Evidence,
    Filing,
    FilingPaper,
    FilingPoint,
    Item,
    ItemText,
    Party,
    Place,
    Signature,
    Subject,
)
from tourism_odr.cases.models.clock import RUNNING
from tourism_odr.cases.models.document import ISSUED
from tourism_odr.cases.models.filing import CONSENTS, PAPERS
from tourism_odr.cases.needs import BROKEN, NO_AGREEMENT, consented, way_to_court
from tourism_odr.cases.papers.pages import name_of
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import Organisation, OrganisationKind
from tourism_odr.people.organisations import organisations
from tourism_odr.text import N_
from tourism_odr.web.names import party_names

ENDED, SILENCE, BREACH = "ended", "silence", "breach"
BASES = {
    ENDED: N_("The mediation ended without agreement."),
    SILENCE: N_("No answer came in time."),
    BREACH: N_("A payment of the agreement was missed. The suit may rest on the agreement itself."),
}
BASIC = "district"  # the level of a basic court
DOMICILE, PERFORMANCE = "domicile", "performance"
VENUES = {
    DOMICILE: N_("Domicile of the respondent (Civil Procedure Law art. 24)"),
    PERFORMANCE: N_("Place where the contract was performed (Civil Procedure Law art. 24, Interpretation art. 18)"),
}
TITLES = {
    "complaint": N_("Statement of claim"),
    "evidence-list": N_("List of evidence"),
    "service-address": N_("Confirmation of the service address"),
}
# Papers issued in the case that go to a court; of a broken agreement its text as well.
GO_ALONG = ("termination", "non-response")
ON_BREACH = (*GO_ALONG, "agreement", "settlement", "delegated-agreement")
WITH_EVIDENCE = (PlaceKind.FILE.value, PlaceKind.TRIAGE.value, PlaceKind.OWN.value)


@dataclass(frozen=True)
class Opposed:
    """A respondent who can be sued, and what opens the way."""

    party: Party
    name: str
    basis: str
    agreement_id: UUID | None = None


@dataclass(frozen=True)
class CourtChoice:
    """A court with the reason why it is suggested; none for the others."""

    court: Organisation
    venue: str = ""


@dataclass(frozen=True)
class Attachment:
    """A file that is copied into the place of the suit, and of which item it is a copy."""

    file: StoredFile
    copy_of: UUID | None = None


@dataclass(frozen=True)
class PointLine:
    """One point of the last return, with the clerk's words."""

    point: FilingPoint
    words: str


@dataclass(frozen=True)
class View:
    """A suit as its plaintiff sees it."""

    subject: Subject
    filing: Filing
    court: Organisation
    papers: dict[str, FilingPaper]
    names: dict[UUID, str]
    points: list[PointLine]
    clock: Clock | None
    consents: dict[str, bool | None]
    documents: list[Document]

    @property
    def received(self) -> list[Document]:
        """The papers of the last submission."""
        own = [one for one in self.documents if one.kind in OF_A_SUIT]
        return [one for one in own if one.created == own[0].created]

    @property
    def issued(self) -> list[Document]:
        """What the court issued."""
        return [one for one in self.documents if one.kind not in OF_A_SUIT]

    @property
    def stage(self) -> str:
        """Where it stands, a message id."""
        return stage_title("filing", self.subject.stage)

    @property
    def unsigned(self) -> list[str]:
        """The papers that wait for the plaintiff's signature."""
        return [kind for kind in PAPERS if self.papers[kind].signed_digest != self.papers[kind].digest]

    @property
    def agreed(self) -> bool:
        """Whether both questions were answered with yes."""
        return all(self.consents[kind] for kind in CONSENTS)

    @property
    def ready(self) -> bool:
        """Whether nothing stands between the papers and the court but the plaintiff's own step."""
        return not self.unsigned and self.agreed

    @property
    def open_points(self) -> list[PointLine]:
        """What the court asked for and nobody has seen to yet."""
        return [one for one in self.points if one.point.corrected_at is None]

    @property
    def writable(self) -> bool:
        """Whether papers can be corrected and signed now."""
        return self.subject.stage in (stages.PREPARED, stages.RETURNED)


def eligible(session: Session, case: Case) -> list[Opposed]:
    """The respondents against whom the way to the court is open, each with its ground."""
    opens = {one.id: one for one in way_to_court(session, case.id)}
    broken = [one.id for one in opens.values() if one.stage == BROKEN]
    signers = {
        row.party_id: row.agreement_id
        for row in session.scalars(select(Signature).where(Signature.agreement_id.in_(broken)))
    }
    rows = session.scalars(select(Party).where(Party.case_id == case.id, Party.side == "respondent").order_by(Party.number)).all()
    names = party_names(session, rows)
    found = []
    for party in rows:
        if party.id in signers:
            found.append(Opposed(party, names[party.id], BREACH, signers[party.id]))
        elif party.id in opens:
            basis = ENDED if opens[party.id].stage == NO_AGREEMENT else SILENCE
            found.append(Opposed(party, names[party.id], basis))
    return found


def courts(session: Session, case: Case, against: Sequence[Opposed]) -> list[CourtChoice]:
    """Every court of this service; first those at the respondent's domicile, then that of the place of performance.

    Of several the basic court comes first: it takes suits of first instance (Civil Procedure Law art. 18).
    """
    homes = [session.get_one(Organisation, one.party.organisation_id).territory for one in against if one.party.organisation_id]
    here = session.get_one(Organisation, case.body_id).territory
    found = []
    for court in organisations(OrganisationKind.COURT):
        venue = DOMICILE if _near(court, homes) else PERFORMANCE if _near(court, [here]) else ""
        found.append(CourtChoice(court, venue))
    rank = {DOMICILE: 0, PERFORMANCE: 1, "": 2}
    return sorted(found, key=lambda one: (rank[one.venue], one.court.level != BASIC, _distance(one.court, homes), one.court.name))


def _near(court: Organisation, territories: Sequence[str]) -> bool:
    """One division lies in the other: 310106 in 310000."""
    return any(_within(court.territory, one) for one in territories)


def _within(one: str, other: str) -> bool:
    short, long = sorted((one.rstrip("0"), other.rstrip("0")), key=len)
    return bool(short) and long.startswith(short)


def _distance(court: Organisation, territories: Sequence[str]) -> int:
    """The very district before the city around it."""
    return 0 if court.territory in territories else 1


def filing_for(session: Session, filing_id: UUID, case_id: UUID, actor: Actor, at: datetime) -> tuple[Subject, Filing] | None:
    """A suit of the case that lies where the actor reads."""
    row = session.execute(
        select(Subject, Filing)
        .join(Filing, Filing.id == Subject.id)
        .join(Place, Place.id == Subject.place_id)
        .where(Subject.id == filing_id, Subject.case_id == case_id, Subject.stage != NEW, readable_places(actor, at))
    ).first()
    return (row[0], row[1]) if row else None


def suits_of(session: Session, case_id: UUID, actor: Actor, at: datetime) -> list[tuple[Subject, Filing, Organisation]]:
    """The suits of a case that the actor reads, newest first."""
    rows = session.execute(
        select(Subject, Filing, Organisation)
        .join(Filing, Filing.id == Subject.id)
        .join(Organisation, Organisation.id == Filing.court_id)
        .join(Place, Place.id == Subject.place_id)
        .where(Subject.case_id == case_id, Subject.stage != NEW, readable_places(actor, at))
        .order_by(Subject.created.desc())
    )
    return [(row[0], row[1], row[2]) for row in rows]


def view_of(session: Session, subject: Subject, filing: Filing, actor: Actor, at: datetime) -> View:
    """One suit whole."""
    papers = {row.kind: row for row in session.scalars(select(FilingPaper).where(FilingPaper.filing_id == filing.id))}
    clock = session.scalars(
        select(Clock).where(Clock.subject_id == subject.id, Clock.status == RUNNING).order_by(Clock.due_at)
    ).first()
    documents = select(Document).where(Document.subject_id == subject.id, readable_documents(actor, at))
    return View(
        subject, filing, session.get_one(Organisation, filing.court_id), papers, names(session, filing),
        points_of(session, filing), clock, _said(session, filing),
        list(session.scalars(documents.order_by(Document.created.desc(), Document.kind))),
    )  # fmt: skip


def names(session: Session, filing: Filing) -> dict[UUID, str]:
    """What the sides of the suit are called."""
    ids = [filing.plaintiff_id, *(UUID(one) for one in filing.respondents)]
    return {one: name_of(session, session.get_one(Party, one)) for one in ids}


def points_of(session: Session, filing: Filing) -> list[PointLine]:
    """The points of the last return."""
    rows = session.execute(
        select(FilingPoint, ItemText.body)
        .outerjoin(ItemText, ItemText.item_id == FilingPoint.item_id)
        .where(FilingPoint.filing_id == filing.id)
        .order_by(FilingPoint.returned.desc(), FilingPoint.number)
    ).all()
    return [PointLine(point, body or "") for point, body in rows if point.returned == rows[0][0].returned]


def _said(session: Session, filing: Filing) -> dict[str, bool | None]:
    return {kind: consented(session, filing.plaintiff_id, kind) for kind in CONSENTS}


def may_be_shown(case_id: UUID, actor: Actor, at: datetime) -> ColumnElement[bool]:
    """Condition on ``Item`` and ``Place``: files of the case or the traveller's own, with the mark that a court may see them."""
    return and_(
        Item.case_id == case_id, Item.court, Item.kind == "file", Place.kind.in_(WITH_EVIDENCE), readable_items(actor, at)
    )


def candidates(session: Session, filing: Filing, actor: Actor, at: datetime) -> list[tuple[Item, Evidence]]:
    """The files that may go to the court: the plaintiff's own and those of the file, oldest first."""
    rows = session.execute(
        select(Item, Evidence)
        .join(Evidence, Evidence.item_id == Item.id)
        .join(Place, Place.id == Item.place_id)
        .where(may_be_shown(filing.case_id, actor, at))
        .order_by(Item.at, Item.number)
    )
    return [(row[0], row[1]) for row in rows]


def papers_along(session: Session, filing: Filing, actor: Actor, at: datetime) -> list[Document]:
    """The papers issued in the case that go to the court: how the mediation ended, that no answer came, what was broken."""
    kinds = ON_BREACH if filing.basis == BREACH else GO_ALONG
    wanted = (
        select(Document)
        .where(Document.case_id == filing.case_id, Document.kind.in_(kinds), Document.status == ISSUED)
        .where(Document.revoked_at.is_(None), readable_documents(actor, at))
        .order_by(Document.issued_at, Document.id)
    )
    of_others = _of_others(session, filing)
    return [one for one in session.scalars(wanted) if one.subject_id not in of_others]


def _of_others(session: Session, filing: Filing) -> set[UUID]:
    """The other respondents of the case: their papers are no matter of this suit."""
    rows = session.scalars(select(Party.id).where(Party.case_id == filing.case_id, Party.side == "respondent"))
    return {one for one in rows if str(one) not in filing.respondents}

