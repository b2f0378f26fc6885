"""People, bodies and cases at any stage, made by the same steps that pages take.

``a_case("served")`` gives a case that was lodged, accepted and served; each step happens one hour after
the one before.  Needs an application context; opens its own units of work.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.cast import AT, People, people
from tourism_odr.cases import items, opening, steps
from tourism_odr.cases.ledger import digest_text
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.models import (
    Agreement,
    Appointment,
    Case,
    Clause,
    Clock,
    Consent,
    Instalment,
    Offer,
    OfferRecipient,
    Party,
    Place,
    Power,
    Service,
    Signature,
    Subject,
)
from tourism_odr.cases.places import find_place, new_place
from tourism_odr.clock import local_day
from tourism_odr.db import db, unit_of_work
from tourism_odr.jobs import clocks
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import Organisation

HOUR = timedelta(hours=1)


@dataclass
class TheCase:
    """A case at a stage: the ids that tests ask for, its people, and the time of its last step."""

    id: UUID
    people: People
    at: datetime
    respondents: list[UUID] = field(default_factory=list)
    services: list[UUID] = field(default_factory=list)
    appointment: UUID | None = None
    offer: UUID | None = None
    agreement: UUID | None = None
    instalments: list[UUID] = field(default_factory=list)

    @property
    def respondent(self) -> UUID:
        """The first respondent: its party and its subject have one id."""
        return self.respondents[0]

    def stage(self, subject_id: UUID | None = None) -> str:
        """The stage of a subject (the case itself by default), read afresh."""
        found: str = (
            db.session()
            .execute(select(Subject.stage).where(Subject.id == (subject_id or self.id)))
            .scalar_one()
        )
        return found

    def place(self, kind: PlaceKind, party_id: UUID | None = None) -> Place:
        """A place of the case that stands."""
        found = find_place(db.session(), self.id, kind, party_id=party_id)
        assert found is not None, f"no {kind} yet"
        return found

    def take(self, name: str, by: Actor, subject_id: UUID | None = None, **extras: Any) -> None:
        """Take a step an hour later, with the version that the person would have seen."""
        self.at += HOUR
        with unit_of_work() as session:
            steps.lock(session, self.id)
            subject = session.get_one(Subject, subject_id or self.id)
            steps.take(subject.id, name, by=by, at=self.at, seen=subject.version, **extras)


STAGES = (
    "lodged", "accepted", "sent", "served", "answered", "mediation", "mediated", "offered",
    "drafted", "locked", "signed", "reported", "performed",
)  # fmt: skip


def a_case(
    stage: str = "lodged",
    *,
    at: datetime = AT,
    people: People | None = None,
    respondents: int = 1,
    mediation: bool = True,
    jurisdiction: str = "cn-sh",
    answer_day: date | None = None,
    amount: Decimal = Decimal("1400"),
) -> TheCase:
    """A case taken to ``stage`` (one of ``STAGES``) with one or two respondents."""
    if people is None:
        with unit_of_work() as session:
            people = _people(session, at)
    agencies = [people.agency, people.second_agency][:respondents]
    complaint = opening.Complaint(
        body_id=people.body,
        jurisdiction=jurisdiction,
        category="itinerary",
        market="domestic",
        channel="web",
        locale="zh-Hans",
        statement=opening.Words("行程被改，住宿降级。", "zh-Hans"),
        respondents=tuple(opening.NamedRespondent(f"旅行社{n}", one) for n, one in enumerate(agencies)),
        claims=(opening.Claimed("refund", amount), opening.Claimed("apology")),
        trip={"order": "YS-7731", "from": "2026-10-01", "to": "2026-10-05", "fee": "6480", "place": "演示市"},
        mediation=mediation,
        consents=("sharing",),
    )
    with unit_of_work() as session:
        case = opening.open_case(
            session, complaint, people.tourist.person_id, by=people.tourist, at=at, received_at=at
        )
        made = TheCase(case.id, people, at)
        made.respondents = list(
            session.scalars(
                select(Party.id)
                .where(Party.case_id == case.id, Party.side == "respondent")
                .order_by(Party.number)
            )
        )
    for reached in STAGES[1 : STAGES.index(stage) + 1]:
        ROAD[reached](made, answer_day, amount)
    return made


_people = people


def handler_of(made: TheCase, respondent: UUID) -> Actor:
    """The handler of the agency behind this respondent."""
    return made.people.handler if made.respondents.index(respondent) == 0 else made.people.second_handler


def _accept(made: TheCase, *_: Any) -> None:
    made.take("case.accept", made.people.officer)


def _send(made: TheCase, answer_day: date | None, *_: Any) -> None:
    made.at += HOUR
    day = answer_day or local_day(made.at + timedelta(days=10))
    for respondent in made.respondents:
        with unit_of_work() as session:
            steps.lock(session, made.id)
            agency = session.get_one(Party, respondent).organisation_id
            sent = steps.begin(session, made.id, "service", made.place(PlaceKind.FILE), made.at, desk=agency)
            session.add(
                Service(id=sent.id, case_id=made.id, respondent_id=respondent, answer_day=day, basis="officer",
                        method="invitation")
            )  # fmt: skip
            session.flush()
            steps.take(sent.id, "service.send", by=made.people.officer, at=made.at)
            made.services.append(sent.id)


def _open(made: TheCase, *_: Any) -> None:
    for respondent, service in zip(made.respondents, made.services, strict=True):
        made.take("service.open", handler_of(made, respondent), service)


def answer(made: TheCase, respondent: UUID, *, consent: bool) -> None:
    """The respondent answers, and consents to mediation or not."""
    by = handler_of(made, respondent)
    with unit_of_work() as session:
        session.add(
            Consent(id=uuid4(), case_id=made.id, party_id=respondent, kind="mediation", given=consent,
                    person_id=by.person_id, at=made.at + HOUR)
        )  # fmt: skip
        session.get_one(Party, respondent).answer = "in-part"
    made.take("respondent.answer", by, respondent)


def _answer(made: TheCase, *_: Any) -> None:
    for respondent in made.respondents:
        answer(made, respondent, consent=False)


def fall_silent(made: TheCase) -> None:
    """The time to answer runs out for every respondent of a case that is "served"."""
    due = (
        db.session()
        .scalars(select(Clock.due_at).where(Clock.case_id == made.id, Clock.name == "answer"))
        .all()
    )
    made.at = max(due)
    clocks.sweep(made.at, only=[made.id])


def _mediate(made: TheCase, *_: Any) -> None:
    """The first answer said no to mediation; then every respondent agrees to it."""
    for respondent in made.respondents:
        by = handler_of(made, respondent)
        with unit_of_work() as session:
            session.add(
                Consent(id=uuid4(), case_id=made.id, party_id=respondent, kind="mediation", given=True,
                        person_id=by.person_id, at=made.at + HOUR)
            )  # fmt: skip
        made.take("respondent.accept-invitation", by, respondent)


def appoint(made: TheCase, mediator: Actor | None = None) -> UUID:
    """A mediator is asked."""
    mediator = mediator or made.people.mediator
    made.at += HOUR
    with unit_of_work() as session:
        steps.lock(session, made.id)
        place = made.place(PlaceKind.FILE)
        asked = steps.begin(session, made.id, "appointment", place, made.at, desk=mediator.person_id)
        session.add(
            Appointment(
                id=asked.id, case_id=made.id, person_id=mediator.person_id, by_body_id=made.people.body
            )
        )
        session.flush()
        steps.take(asked.id, "appointment.assign", by=made.people.officer, at=made.at)
        made.appointment = asked.id
    return made.appointment


def _seat(made: TheCase, *_: Any) -> None:
    appoint(made)
    made.take("appointment.accept", made.people.mediator, made.appointment)


def offer(made: TheCase, amount: Decimal, *, valid_until: date | None = None) -> UUID:
    """The first respondent offers the tourist an amount, in the room."""
    made.at += HOUR
    with unit_of_work() as session:
        steps.lock(session, made.id)
        room, by = made.place(PlaceKind.JOINT), made.people.handler
        card = items.add_item(
            session,
            room,
            items.CARD,
            by=by,
            at=made.at,
            words=items.Words("一次付清。", "zh-Hans"),
            party_id=made.respondent,
        )
        offered = steps.begin(session, made.id, "offer", room, made.at)
        session.add(
            Offer(id=offered.id, case_id=made.id, item_id=card.id, party_id=made.respondent,
                  respondent_id=made.respondent, amount=amount, currency="CNY", pay_by=None)
        )  # fmt: skip
        session.flush()
        session.add(OfferRecipient(offer_id=offered.id, party_id=complainant(session, made)))
        session.flush()
        days = {"offer-validity": valid_until} if valid_until else None
        steps.take(
            offered.id,
            "offer.make",
            by=by,
            at=made.at,
            digests=(card.digest,),
            party_id=made.respondent,
            days=days,
        )
        made.offer = offered.id
    return made.offer


def _offer(made: TheCase, _day: Any, amount: Decimal) -> None:
    offer(made, amount)


def complainant(session: Session, made: TheCase) -> UUID:
    """The party of the tourist."""
    return session.scalars(
        select(Party.id).where(Party.case_id == made.id, Party.side == "complainant")
    ).one()


def give_power(made: TheCase, respondent: UUID, by: Actor) -> None:
    """A checked power to settle and sign, without limit."""
    with unit_of_work() as session:
        session.add(
            Power(id=uuid4(), case_id=made.id, party_id=respondent, person_id=by.person_id, kind="written-power",
                  scopes=["answer", "admit", "offer", "settle", "sign", "receive"], since=made.at,
                  checked_by=made.people.officer.person_id, checked_at=made.at)
        )  # fmt: skip


def _draft(made: TheCase, _day: Any, amount: Decimal) -> None:
    """A text between the tourist and the first respondent: one payment a month later, and an apology."""
    made.at += HOUR
    with unit_of_work() as session:
        steps.lock(session, made.id)
        tourist, place = complainant(session, made), new_place(session, made.id, PlaceKind.AGREEMENT)
        session.flush()
        draft = steps.begin(session, made.id, "agreement", place, made.at)
        digest = digest_text("", [str(made.id), str(amount)])
        session.add(
            Agreement(id=draft.id, case_id=made.id, path="mediated", drafter_id=made.people.mediator.person_id,
                      offer_id=made.offer, edition=1, digest=digest, joint_confirmation=False)
        )  # fmt: skip
        session.flush()
        session.add_all([
            Clause(id=uuid4(), agreement_id=draft.id, number=1, kind="payment", text="退还部分团费", payer_id=made.respondent,
                   payee_id=tourist, amount=amount, currency="CNY", day=local_day(made.at + timedelta(days=30)),
                   method="original-route", default="逾期按日万分之五付违约金"),
            Clause(id=uuid4(), agreement_id=draft.id, number=2, kind="apology", text="书面致歉", currency="CNY"),
            *(Signature(id=uuid4(), agreement_id=draft.id, party_id=p) for p in (tourist, made.respondent)),
        ])  # fmt: skip
        session.flush()
        steps.take(draft.id, "agreement.draft", by=made.people.mediator, at=made.at)
        made.agreement = draft.id


def _lock(made: TheCase, *_: Any) -> None:
    with unit_of_work() as session:
        session.get_one(Agreement, made.agreement).locked_at = made.at
    made.take("agreement.lock", made.people.mediator, made.agreement)


def _sign(made: TheCase, *_: Any) -> None:
    give_power(made, made.respondent, made.people.handler)
    made.take("agreement.sign", made.people.tourist, made.agreement)
    made.take("agreement.sign", made.people.handler, made.agreement)
    made.instalments = list(
        db.session().scalars(select(Instalment.id).where(Instalment.agreement_id == made.agreement))
    )


def _report(made: TheCase, *_: Any) -> None:
    made.take("instalment.report", made.people.handler, made.instalments[0])


def _perform(made: TheCase, *_: Any) -> None:
    made.take("instalment.confirm", made.people.tourist, made.instalments[0])


__all__ = ["AT", "HOUR", "STAGES", "People", "TheCase", "a_case", "people"]
ROAD: dict[str, Callable[..., None]] = {
    "accepted": _accept,
    "sent": _send,
    "served": _open,
    "answered": _answer,
    "mediation": _mediate,
    "mediated": _seat,
    "offered": _offer,
    "drafted": _draft,
    "locked": _lock,
    "signed": _sign,
    "reported": _report,
    "performed": _perform,
}


def case_row(made: TheCase) -> Case:
    """The case itself, read afresh."""
    return db.session().get_one(Case, made.id, populate_existing=True)


def body_row(made: TheCase) -> Organisation:
    """The body of the case."""
    return db.session().get_one(Organisation, made.people.body)
