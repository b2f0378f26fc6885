"""What the pages of the tourist's decisions read."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from tourism_odr.cases import queries
from tourism_odr.cases.deadlines import rulebook_of
from tourism_odr.cases.items import LETTER
from tourism_odr.cases.models import Case, Clock, Party, Subject
from tourism_odr.cases.models.clock import RUNNING
from tourism_odr.db import db
from tourism_odr.people import links, persons
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import DetailKind, LinkScope, SecretLink
from tourism_odr.text import N_, M, Message
from tourism_odr.web.names import party_names


@dataclass(frozen=True)
class Contact:
    """One contact of the tourist: half hidden, and whether a code came back from there."""

    kind: DetailKind
    shown: str
    verified: bool


REMINDER = (
    N_("The officer sends the business one reminder with a short last date."),
    N_("If it stays silent, you choose again: invite it to mediation, or end."),
)
END = (
    N_("The complaint against this business ends without mediation. You get a document that says so."),
    N_("You can then go to court or to arbitration."),
    N_("This cannot be taken back."),
)
SETTLED = (
    N_("You say that you and this business settled the matter yourselves."),
    N_("The complaint against this business ends, and with it the mediation. Complaints against others go on."),
    N_("This cannot be taken back. If you are still waiting for money, wait with this step."),
)


def consequences(case: Case, step: str, at: datetime) -> tuple[Message | str, ...]:
    """What follows from a choice, with the dates of the rules of this case."""
    book = rulebook_of(case)
    if step == "respondent.invite":
        lines: tuple[Message | str, ...] = (N_("The business is invited to mediate. Nobody is put into a room without having agreed."),)
        if book.has("invitation"):
            day = book.rule("invitation").due(at).day
            lines += (M("It may answer until %(day)s. If it declines or stays silent, its part ends then, with a document for you.", day=day),)
        return lines
    return {"respondent.ask-reminder": REMINDER, "respondent.choose-termination": END, "respondent.settle": SETTLED}[step]


def respondent_name(subject: Subject) -> str:
    """The respondent as the register or the tourist names it."""
    party = db.session.get_one(Party, subject.id)
    return party_names(db.session(), [party])[party.id]


def letters(case: Case, actor: Actor, at: datetime) -> list[queries.Entry]:
    """What officers wrote to the tourist, the newest first: the list of what is missing among them."""
    return list(reversed(queries.items_of(db.session(), case.id, actor, at, (LETTER,))))


def running(case_id: UUID, name: str) -> Clock | None:
    """The running clock of this name."""
    wanted = select(Clock).where(Clock.case_id == case_id, Clock.name == name, Clock.status == RUNNING)
    return db.session.scalars(wanted).first()


def helpers_links(person_id: UUID, case_id: UUID) -> list[SecretLink]:
    """The read-only links that are lent out."""
    return [link for link in links.live_links(person_id, case_id) if link.scope == LinkScope.READ]


def contacts_of(person_id: UUID) -> list[Contact]:
    """What is known of the tourist's contacts."""
    shown, verified = persons.masked(person_id), persons.verified_contacts(person_id)
    return [Contact(kind, shown[kind], kind in verified) for kind in persons.CONTACTS if kind in shown]
