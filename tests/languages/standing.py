"""Cases that stand where no case of the demo does, so that the pages of that moment have somebody to see them."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from tests import builders
from tests.builders import TheCase
from tests.cases import timing
from tests.matrix import suits
from tests.referral import suing
from tests.referral.courts import TheCourt
from tests.referral.roster import listed
from tourism_odr.casefile.commands import file as archive
from tourism_odr.cases import binding, joint, steps
from tourism_odr.cases.items import Words
from tourism_odr.cases.models import Agreement, Clock, Volume, VolumeOrder
from tourism_odr.cases.models.agreement import BY_DAY_25
from tourism_odr.clock import local_day, now
from tourism_odr.db import db, unit_of_work
from tourism_odr.intake.commands.entering import Origin, note_origin
from tourism_odr.jobs import clocks
from tourism_odr.referral.commands import applications, confirmations

CLEAR = Words("各方均已到庭，内容明确。", "zh-Hans")
LATE = timedelta(days=20)
OLDER = datetime(2024, 6, 3, 1, tzinfo=UTC)  # when courts delegated before registration


def add() -> None:
    """Suits, delegated mediation, applications, confirmations, time that stands still, volumes, a hotline's entry."""
    suits.build()
    _delegated()
    _suit_signed()
    _time()
    for reach in (_opened, _issued, _sent):
        reach(builders.a_case("accepted", at=_lately()))
    for last in (_returned, _granted, _enforcement_asked):
        last(_Together.at_the_court(at_once=True))
    _Together.at_the_court(at_once=False)
    _concluded_for_a_hotline()
    _on_the_shelf(lent=False)
    _on_the_shelf(lent=True)


def _lately() -> datetime:
    return now() - timedelta(hours=40)


# -- suits ----------------------------------------------------------------------------------------------------


def _delegated() -> None:
    """A court of the older way asked for mediation before it registered."""
    suits.delegated(*_breached(OLDER))


def _suit_signed() -> None:
    _signed(*_breached())


def _breached(at: datetime = builders.AT) -> tuple[TheCase, TheCourt]:
    made = builders.a_case("signed", at=at)
    suing.breached(made)
    with unit_of_work():
        return made, suits.seated("演示市第四法院", "310107", at)


def _signed(made: TheCase, court: TheCourt) -> UUID:
    filing = suing.prepared(made, court)
    suing.signed(made, filing)
    return filing


# -- applications of the body ---------------------------------------------------------------------------------


def _opened(made: TheCase) -> UUID:
    return applications.open_application(applications.Begin(made.id, "enforcement", made.respondent), by=made.people.officer, at=made.at)


def _issued(made: TheCase) -> UUID:
    begun = _opened(made)
    letter = applications.Letter(begun, 1, "执法总队", "", None, "shopping", "行程中安排购物。", "", ())
    applications.write_letter(letter, by=made.people.officer, at=made.at)
    return begun


def _sent(made: TheCase) -> None:
    begun = _issued(made)
    dispatch = applications.Dispatch(begun, suing.seen(begun), local_day(made.at), "post", "EMS 1")
    applications.dispatch(dispatch, by=made.people.officer, at=made.at)


# -- judicial confirmation ------------------------------------------------------------------------------------


@dataclass
class _Together:
    """An application of both sides, and the court that has it."""

    case: TheCase
    court: TheCourt
    id: UUID

    @classmethod
    def at_the_court(cls, *, at_once: bool) -> "_Together":
        case = builders.a_case("signed")
        court, by = listed(case.people.body, builders.AT), case.people
        with unit_of_work() as session:
            steps.lock(session, case.id)
            agreement = session.get_one(Agreement, case.agreement)
            plan = joint.plan(session, agreement, court.id, joint.AT_ONCE if at_once else BY_DAY_25, case.at)
            steps.take(plan.id, "confirmation.invite", by=by.tourist, at=suing.tick(case), party_id=builders.complainant(session, case),
                       digests=(plan.digest,), papers={"code_checked": True})  # fmt: skip
            made = cls(case, court, plan.id)
        confirmations.sign(made.click(), by=by.handler, at=suing.tick(case))
        return made

    def click(self) -> confirmations.Click:
        return confirmations.Click(self.id, suing.seen(self.id), code_checked=True)


def _returned(made: _Together) -> None:
    points = confirmations.Return(made.id, suing.seen(made.id), CLEAR, local_day(made.case.at + LATE))
    confirmations.return_(points, by=made.court.clerk, at=suing.tick(made.case))


def _granted(made: _Together) -> None:
    case, court = made.case, made.court
    assert court.judge.person_id
    register = confirmations.Register(made.id, suing.seen(made.id), "（2026）沪0106诉前调确1号", court.judge.person_id)
    confirmations.register(register, by=court.clerk, at=suing.tick(case))
    hearing = confirmations.Hearing(made.id, suing.seen(made.id), case.at + timedelta(days=1), CLEAR)
    confirmations.summon(hearing, by=court.judge, at=suing.tick(case))
    confirmations.hear(confirmations.Heard(made.id, suing.seen(made.id), CLEAR), by=court.judge, at=suing.tick(case))
    confirmations.grant(confirmations.Ruling(made.id, suing.seen(made.id), CLEAR), by=court.judge, at=suing.tick(case))
    _nobody_paid(case)


def _nobody_paid(case: TheCase) -> None:
    due = db.session().scalars(select(Clock.due_at).where(Clock.case_id == case.id, Clock.subject_id.in_(case.instalments))).all()
    case.at = max([case.at, *due])
    clocks.sweep(case.at, only=[case.id])


def _enforcement_asked(made: _Together) -> None:
    _granted(made)
    confirmations.enforce(made.click(), by=made.case.people.tourist, at=suing.tick(made.case))


# -- time, channel, shelf -------------------------------------------------------------------------------------


def _time() -> None:
    """Time that stands still since this hour; more time proposed; and time for which nobody has asked yet."""
    for reach in ("paused", "proposed", "running"):
        made = builders.a_case("mediated", at=_lately())
        clock = timing.lay(made)
        if reach == "paused":
            timing.begin(made, made.people.officer, now())
        elif reach == "proposed":
            timing.ask(made, clock, made.people.mediator, now())


def _concluded_for_a_hotline() -> None:
    made = builders.a_case("accepted", at=_lately())
    with unit_of_work() as session:
        steps.lock(session, made.id)
        note_origin(session, made.id, Origin("12345", "20261009-2", made.at, made.at), made.people.officer, made.at)
    made.take("case.withdraw", made.people.tourist)


def _on_the_shelf(*, lent: bool) -> None:
    made = builders.a_case("accepted", at=_lately())
    made.take("case.withdraw", made.people.tourist)
    binding.settle(db.session().scalars(select(VolumeOrder.id).where(VolumeOrder.case_id == made.id)).one(), made.at)
    volume = db.session().scalars(select(Volume.id).where(Volume.case_id == made.id)).one()
    archive.file_volume(archive.FileVolume(volume, suing.seen(volume), "无缺件"), by=made.people.officer, at=suing.tick(made))
    if lent:
        loan = archive.LendVolume(volume, suing.seen(volume), "档案室", "复核", "public", local_day(made.at + LATE))
        archive.lend_volume(loan, by=made.people.officer, at=suing.tick(made))
