"""What administrators do.  Every act writes its line of the trail in the same unit of work."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.administration.models import AdministrativeAct
from tourism_odr.cases import deadlines, outgoing, steps
from tourism_odr.cases.errors import NotYoursError
from tourism_odr.cases.models import BodySetting, Clock, Notice
from tourism_odr.cases.telling import Recipient, queue
from tourism_odr.clock import local_day
from tourism_odr.db import unit_of_work
from tourism_odr.people import factors, invitations, mailing, organisations, register, sessions
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import Invitation, Membership, Organisation, OrganisationKind, Person
from tourism_odr.people.refusal import RefusedError
from tourism_odr.people.roles import STAFF, Role
from tourism_odr.text import N_, M

ACTS = {
    "organisation.add": N_("Added an organisation"),
    "organisation.change": N_("Changed an organisation"),
    "organisation.stop": N_("Deactivated an organisation"),
    "organisation.start": N_("Activated an organisation"),
    "setting.day-45": N_("Set what happens on day 45"),
    "person.invite": N_("Invited somebody"),
    "invitation.end": N_("Took an invitation back"),
    "role.give": N_("Gave a role"),
    "role.end": N_("Ended a role"),
    "person.suspend": N_("Suspended somebody"),
    "person.reinstate": N_("Let somebody in again"),
    "session.end": N_("Ended somebody's sessions"),
    "register.import": N_("Imported the register"),
    "notice.again": N_("Sent a notice again"),
    "notice.bounce": N_("Recorded that a notice came back"),
    "clock.resume": N_("Let a time limit run again"),
    "audit.verify": N_("Checked the ledger of a case"),
    "rule.confirm": N_("Confirmed a number against the official text"),
    "calendar.propose": N_("Proposed a calendar"),
    "calendar.approve": N_("Put a calendar in force"),
    "calendar.reject": N_("Rejected a calendar"),
    "calendar.roll-back": N_("Took a calendar back"),
}
DAY_45 = "when-missed:conclude-local"
GOES_ON, ENDS = "case.note-day-45", "case.run-out"
ONE_ONLY = N_("Somebody has to stay who can administer the service.")


@dataclass(frozen=True)
class OrganisationData:
    """What is kept of a body, court, council, mediation organisation or operator."""

    kind: OrganisationKind
    name: str
    name_en: str
    code: str
    territory: str
    level: str
    rulebook: str = ""  # of a body: the profile whose rules hold for what is lodged there

    def settings(self, before: Mapping[str, object]) -> dict[str, object]:
        """What is kept of its settings; complaints lodged earlier keep their own rules."""
        return {**before, "jurisdiction": self.rulebook} if self.rulebook else dict(before)


@dataclass(frozen=True)
class Invite:
    """Whom to invite to which role."""

    organisation_id: UUID
    email: str
    name: str
    role: Role
    locale: str


def record(
    session: Session,
    code: str,
    target: UUID | None,
    *,
    by: Actor,
    at: datetime,
    ground: str = "",
    **facts: object,
) -> None:
    """One line of the trail; only administrators get here."""
    if by.role is not Role.ADMIN or by.person_id is None:
        raise NotYoursError("only an administrator")
    session.add(
        AdministrativeAct(
            id=uuid4(),
            at=at,
            person_id=by.person_id,
            code=code,
            target_id=target,
            facts=facts,
            ground=ground[:500],
        )
    )


def add_organisation(data: OrganisationData, *, by: Actor, at: datetime) -> UUID:
    """A new organisation; operators come from the register."""
    with unit_of_work() as session:
        _refuse_taken_code(session, data.code, None)
        made = organisations.register_organisation(
            data.kind, data.name, at=at, name_en=data.name_en, code=data.code or None, territory=data.territory,
            level=data.level, settings=data.settings({}),
        )  # fmt: skip
        record(session, "organisation.add", made, by=by, at=at, kind=data.kind.value)
        return made


def change_organisation(organisation_id: UUID, data: OrganisationData, *, by: Actor, at: datetime) -> None:
    """New words for an organisation; its kind stays."""
    with unit_of_work() as session:
        row = session.get(Organisation, organisation_id)
        if row is None:
            raise NotYoursError("no such organisation")
        _refuse_taken_code(session, data.code, organisation_id)
        wanted: dict[str, object] = {"name": data.name, "name_en": data.name_en, "code": data.code or None}
        wanted |= {"territory": data.territory, "level": data.level, "settings": data.settings(row.settings)}
        changed = sorted(name for name, value in wanted.items() if getattr(row, name) != value)
        for name in changed:
            setattr(row, name, wanted[name])
        organisations.add_names(organisation_id, [data.name, data.name_en])
        record(session, "organisation.change", organisation_id, by=by, at=at, changed=",".join(changed))


def _refuse_taken_code(session: Session, code: str, but: UUID | None) -> None:
    taken = (
        session.scalars(select(Organisation.id).where(Organisation.code == code)).first() if code else None
    )
    if taken is not None and taken != but:
        raise RefusedError(
            M("Another organisation has this code: it stands in the numbers of its documents.")
        )


def set_active(organisation_id: UUID, active: bool, ground: str, *, by: Actor, at: datetime) -> None:
    """Deactivated, its people cannot act for it; what it did stays."""
    with unit_of_work() as session:
        row = session.get(Organisation, organisation_id)
        if row is None:
            raise NotYoursError("no such organisation")
        if not active and row.id == by.organisation_id:
            raise RefusedError(M(ONE_ONLY))
        row.active = active
        code = "organisation.start" if active else "organisation.stop"
        record(session, code, organisation_id, by=by, at=at, ground=ground)


def set_day_45(body_id: UUID, goes_on: bool, ground: str, *, by: Actor, at: datetime) -> None:
    """Whether mediation by consent goes on after day 45; every choice keeps its ground and its days."""
    with unit_of_work() as session:
        body = session.get(Organisation, body_id)
        if body is None or body.kind != OrganisationKind.BODY or by.person_id is None:
            raise NotYoursError("no supervising body")
        today = local_day(at)
        standing = select(BodySetting).where(
            BodySetting.body_id == body_id, BodySetting.key == DAY_45, BodySetting.until.is_(None)
        )
        for row in session.scalars(standing):
            row.until = today
        value = GOES_ON if goes_on else ENDS
        session.add(
            BodySetting(
                id=uuid4(),
                body_id=body_id,
                key=DAY_45,
                value=value,
                ground=ground,
                set_by=by.person_id,
                since=today,
            )
        )
        record(session, "setting.day-45", body_id, by=by, at=at, ground=ground, value=value)


def invite(command: Invite, *, by: Actor, at: datetime) -> UUID:
    """An invitation leaves by mail; only its receiver ever sees the secret."""
    with unit_of_work() as session:
        invitation_id, secret = invitations.invite(
            command.email, command.organisation_id, command.role, by=by, at=at, name=command.name,
            locale=command.locale,
        )  # fmt: skip
        person = session.get_one(Invitation, invitation_id).person_id
        sealed = mailing.seal_for_outbox(person, secret)
        queue(
            session, "_other/invitation", Recipient(person_id=person), at=at, params={"sealed_secret": sealed}
        )
        facts = {"organisation": str(command.organisation_id), "role": command.role.value}
        record(session, "person.invite", person, by=by, at=at, **facts)
        return invitation_id


def end_invitation(invitation_id: UUID, *, by: Actor, at: datetime) -> None:
    """Nobody comes in by it any more."""
    with unit_of_work() as session:
        row = session.get(Invitation, invitation_id)
        if row is None:
            raise NotYoursError("no such invitation")
        invitations.end_invitation(invitation_id, at)
        record(session, "invitation.end", row.person_id, by=by, at=at)


def give_role(
    person_id: UUID, organisation_id: UUID, role: Role, ground: str, *, by: Actor, at: datetime
) -> None:
    """A further role for somebody who has an account; staff carry a second factor first."""
    with unit_of_work() as session:
        row, body = session.get(Person, person_id), session.get(Organisation, organisation_id)
        if row is None or body is None or role not in organisations.ROLES_OF[OrganisationKind(body.kind)]:
            raise NotYoursError("no such person, or no role there")
        if role in STAFF and not factors.has_factor(person_id):
            raise RefusedError(M("This person has no second factor yet. Invite them instead."))
        organisations.add_member(person_id, organisation_id, role, at)
        facts = {"organisation": str(organisation_id), "role": role.value}
        record(session, "role.give", person_id, by=by, at=at, ground=ground, **facts)


def end_role(membership_id: UUID, ground: str, *, by: Actor, at: datetime) -> None:
    """The role ends, and with it every session that acts in it."""
    with unit_of_work() as session:
        row = session.get(Membership, membership_id)
        if row is None:
            raise NotYoursError("no such role")
        _refuse_last(row.person_id, by, at, only_role=row.role)
        organisations.end_membership(membership_id, at)
        facts = {"organisation": str(row.organisation_id), "role": row.role}
        record(session, "role.end", row.person_id, by=by, at=at, ground=ground, **facts)


def _refuse_last(person_id: UUID, by: Actor, at: datetime, only_role: str = Role.ADMIN.value) -> None:
    """The service must not lose its last administrator."""
    if only_role != Role.ADMIN or by.organisation_id is None:
        return
    if organisations.people_of(by.organisation_id, Role.ADMIN, at) == [person_id]:
        raise RefusedError(M(ONE_ONLY))


def suspend(person_id: UUID, ground: str, *, by: Actor, at: datetime) -> None:
    """Nobody signs in as this person until they are let in again."""
    with unit_of_work() as session:
        _known(session, person_id)
        _refuse_last(person_id, by, at)
        factors.suspend(person_id, at)
        record(session, "person.suspend", person_id, by=by, at=at, ground=ground)


def reinstate(person_id: UUID, ground: str, *, by: Actor, at: datetime) -> None:
    """Somebody suspended may sign in again."""
    with unit_of_work() as session:
        _known(session, person_id)
        factors.reinstate(person_id)
        record(session, "person.reinstate", person_id, by=by, at=at, ground=ground)


def end_sessions(person_id: UUID, ground: str, *, by: Actor, at: datetime) -> None:
    """Every browser of this person is signed out at once."""
    with unit_of_work() as session:
        _known(session, person_id)
        sessions.end_all(person_id, at, but=by.session_id if person_id == by.person_id else None)
        record(session, "session.end", person_id, by=by, at=at, ground=ground)


def _known(session: Session, person_id: UUID) -> None:
    if session.get(Person, person_id) is None:
        raise NotYoursError("no such person")


def import_register(
    text: str, source: str, source_day: date, *, dry_run: bool, by: Actor, at: datetime
) -> register.Report:
    """Try a register file, or take it over: every row that is right, every mistake by its line."""
    with unit_of_work() as session:
        report = register.import_register(text, at=at, source=source, source_day=source_day, dry_run=dry_run)
        if not dry_run:
            numbers = {"new": report.new, "changed": report.changed, "errors": len(report.errors)}
            record(session, "register.import", None, by=by, at=at, ground=source, **numbers)
        return report


def send_again(notice_id: UUID, *, by: Actor, at: datetime) -> None:
    """A notice that failed or waits is tried at once."""
    with unit_of_work() as session:
        notice = session.get(Notice, notice_id)
        if notice is None or notice.status not in ("failed", "waiting"):
            raise RefusedError(M("This notice does not wait to be sent."))
        outgoing.send_again(notice_id, at)
        record(session, "notice.again", notice_id, by=by, at=at)


def record_bounce(notice_id: UUID, *, by: Actor, at: datetime) -> None:
    """A mail came back; where it served a complaint, that service failed."""
    with unit_of_work() as session:
        notice = session.get(Notice, notice_id)
        if notice is None or notice.sent_at is None or not outgoing.note_bounce(notice_id, at):
            raise RefusedError(M("This notice was not sent, or its return is recorded already."))
        record(session, "notice.bounce", notice_id, by=by, at=at)


def resume_clock(clock_id: UUID, ground: str, *, by: Actor, at: datetime) -> None:
    """A time limit that stands still is tried again at the next sweep."""
    with unit_of_work() as session:
        clock = session.get(Clock, clock_id)
        if clock is None:
            raise NotYoursError("no such time limit")
        steps.lock(session, clock.subject_id)
        session.refresh(clock)
        reason = clock.reason or ""
        if not deadlines.resume(session, clock):
            raise RefusedError(M("This time limit does not stand still any more."))
        record(
            session, "clock.resume", clock_id, by=by, at=at, ground=ground, clock=clock.name, reason=reason
        )


def note_verification(case_id: UUID, faults: int, *, by: Actor, at: datetime) -> None:
    """That somebody checked the chain of a case, and what came of it."""
    with unit_of_work() as session:
        record(session, "audit.verify", case_id, by=by, at=at, faults=faults)
