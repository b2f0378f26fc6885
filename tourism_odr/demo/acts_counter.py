"""Acts at a counter: a clerk enters a complaint, holds an authority and acts in sittings; a hotline sends a matter."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from tourism_odr.cases.items import Words
from tourism_odr.cases.models import External, Party
from tourism_odr.cases.models.party import RESPONDENT
from tourism_odr.clock import local_day
from tourism_odr.db import db
from tourism_odr.demo.acting import act
from tourism_odr.demo.acts_intake import complaint
from tourism_odr.demo.play import CHINESE, Play
from tourism_odr.intake.commands import authority, entering
from tourism_odr.intake.commands.lodging import LodgeComplaint, Lodged
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import Sitting
from tourism_odr.people.roles import Role
from tourism_odr.people.sessions import seated
from tourism_odr.text import say

HANDED_OVER = ("evidence", "choose", "offer", "settle", "sign", "payment")
VALID, ON_THE_WAY, WANTED = timedelta(days=90), timedelta(hours=17), timedelta(days=7)
REPLIES = {"acceptance": "external.reply-acceptance", "conclusion": "external.reply-conclusion"}


@act
def enter(play: Play, path: str, basis: str) -> None:
    """The clerk of the council enters it for somebody at the desk: for the tourism body, or for the council itself."""
    clerk = play.cast.actor("council-clerk")
    said = f"{say(entering.PATHS[path], CHINESE)}：{say(entering.REASONS[basis], CHINESE)}"
    made = replace(
        complaint(play), channel="counter", follower=clerk.organisation_id, basis=basis,
        record=Words(f"{said}\n{play.line('counter', 'read-back')}", CHINESE),
    )  # fmt: skip
    person = LodgeComplaint(made, name=play.part.tourist)
    _entered(play, entering.enter_complaint(entering.EnterComplaint(person), by=clerk, at=play.at))


@act
def hotline(play: Play) -> None:
    """The officer enters what the hotline sent the day before."""
    sent = play.at - ON_THE_WAY
    number = f"{local_day(sent):%Y%m%d}-{play.part.key}"
    origin = entering.Origin("12345", number, sent, play.at, local_day(play.at + WANTED))
    person = LodgeComplaint(replace(complaint(play), channel="12345"), name=play.part.tourist)
    _entered(play, entering.enter_complaint(entering.EnterComplaint(person, origin), by=play.officer, at=play.at))


def _entered(play: Play, lodged: Lodged) -> None:
    play.case_id, play.tourist = lodged.case_id, Actor(lodged.person_id, Role.TOURIST)
    play.cast.tourists[play.part.tourist] = lodged.person_id
    named = select(Party.id).where(Party.case_id == play.case_id, Party.side == RESPONDENT)
    play.respondents = list(db.session().scalars(named.order_by(Party.number)))


@act
def authorise(play: Play) -> None:
    """The person signs the slip, and the clerk scans it."""
    slip, until = play.papers("power.pdf")[0], local_day(play.at + VALID)
    command = authority.GrantAuthority(
        play.case_id, play.complainant(), HANDED_OVER, "identity-card", slip, play.part.claim, until
    )
    authority.grant_authority(command, by=play.cast.actor("council-clerk"), at=play.at)


@act
def sit(play: Play, means: str, scope: str) -> None:
    """The clerk reads back what the person wants, and acts for them from now on."""
    note = play.words("counter", "note")
    scans = play.papers("power.pdf") if means == authority.PAPER else ()
    command = authority.SitDown(
        play.case_id, play.complainant(), means, (scope,), play.words("counter", "read-back"), note, scans
    )
    sitting = authority.sit_down(command, by=play.cast.actor("council-clerk"), at=play.at)
    play.tourist = seated(db.session().get_one(Sitting, sitting))


@act
def stand(play: Play) -> None:
    """The sitting ends; the person is themselves again."""
    if play.tourist.seat is None:
        raise LookupError("nobody sits")
    authority.stand_up(play.tourist.seat.id, play.at)
    play.tourist = Actor(play.tourist.seat.principal_id, Role.TOURIST)


@act
def tell_channel(play: Play, what: str) -> None:
    """The officer replied to the hotline, and records it with its proof."""
    came = db.session().scalars(select(External.id).where(External.case_id == play.case_id)).one()
    reply = entering.ReplyToChannel(
        play.case_id, came, play.version(came), play.words("channel", what), play.papers("delivery.png")
    )
    entering.reply_to_channel(reply, REPLIES[what], by=play.officer, at=play.at)
