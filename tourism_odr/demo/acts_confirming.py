"""Acts of a judicial confirmation: handing the application in, the court's steps, enforcement."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from tourism_odr.cases.confirming import application_of
from tourism_odr.cases.items import Words
from tourism_odr.cases.models import Confirmation
from tourism_odr.db import db
from tourism_odr.demo.acting import act
from tourism_odr.demo.play import CHINESE, Play
from tourism_odr.people.actor import Actor
from tourism_odr.referral.commands import confirmations as commands

RECORD = "双方均到庭。双方确认协议系自愿达成，了解内容并能够履行。"
GRANTED = "经审查，协议系双方自愿达成，内容明确，不违反法律强制性规定，符合司法确认的条件。"
UNCLEAR = "协议未写明逾期后如何计算违约金，内容不明确，无法强制执行。"


def _application(play: Play) -> UUID:
    found = application_of(db.session(), play.last["agreement"])
    if found is None:
        raise LookupError(f"{play.part.key}: no application")
    return found[0].id


def _click(play: Play) -> commands.Click:
    one = _application(play)
    return commands.Click(one, play.version(one), code_checked=True)


def _clerk(play: Play) -> Actor:
    return play.cast.actor("court-clerk")


def _judge(play: Play) -> Actor:
    return play.cast.actor("judge")


@act
def hand_in(play: Play) -> None:
    """The tourist hands in what both have signed, before its last day."""
    commands.submit(_click(play), by=play.tourist, at=play.at)


@act
def leave_court(play: Play) -> None:
    """Everything is performed: both sides withdraw the application."""
    commands.withdraw(_click(play), by=play.tourist, at=play.at)
    play.at += timedelta(minutes=30)
    commands.withdraw(_click(play), by=play.handler(), at=play.at)


@act
def take_up(play: Play) -> None:
    """The clerk accepts and registers the application."""
    one, taken = _application(play), select(Confirmation.id).where(Confirmation.number.is_not(None))
    number = f"（{play.at.year}）演0101民特{len(db.session().scalars(taken).all()) + 1}号"
    judge = _judge(play).person_id
    if judge is None:
        raise LookupError("a judge is somebody")
    commands.register(commands.Register(one, play.version(one), number, judge), by=_clerk(play), at=play.at)


@act
def summon(play: Play, days: int) -> None:
    """The clerk sets the hearing."""
    one, when = _application(play), play.at + timedelta(days=days)
    where = Words("线上法庭（演示）", CHINESE)
    commands.summon(commands.Hearing(one, play.version(one), when, where), by=_clerk(play), at=play.at)


@act
def hear_both(play: Play) -> None:
    """The judge hears both and keeps the record."""
    one = _application(play)
    commands.hear(commands.Heard(one, play.version(one), Words(RECORD, CHINESE)), by=_judge(play), at=play.at)


@act
def rule(play: Play, outcome: str) -> None:
    """The judge confirms, or refuses for unclear content."""
    one = _application(play)
    if outcome == "granted":
        commands.grant(commands.Ruling(one, play.version(one), Words(GRANTED, CHINESE)), by=_judge(play), at=play.at)
    else:
        ruling = commands.Ruling(one, play.version(one), Words(UNCLEAR, CHINESE), ("unclear",))
        commands.refuse(ruling, by=_judge(play), at=play.at)


@act
def enforce(play: Play) -> None:
    """The tourist asks the court to enforce what it confirmed."""
    commands.enforce(_click(play), by=play.tourist, at=play.at)


@act
def execute(play: Play) -> None:
    """The clerk registers the enforcement."""
    one = _application(play)
    number = f"（{play.at.year}）演0101执{str(one.int)[:4]}号"
    commands.register_enforcement(one, play.version(one), number, by=_clerk(play), at=play.at)
