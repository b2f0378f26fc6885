"""Acts beside a case: unlawful conduct goes to enforcement while the mediation takes its own course."""

from uuid import UUID

from tourism_odr.clock import local_day
from tourism_odr.db import db
from tourism_odr.demo.acting import act
from tourism_odr.demo.play import Play
from tourism_odr.referral.commands import applications


@act
def open_application(play: Play, sort: str) -> None:
    """The officer opens one about the first respondent."""
    command = applications.Begin(play.case_id, sort, play.respondents[0])
    play.last["application"] = applications.open_application(command, by=play.officer, at=play.at)


@act
def write_letter(play: Play, ground: str) -> None:
    """The letter on unlawful conduct, with all files that may go along."""
    files = tuple(one.item_id for one in applications.evidence_for(db.session(), play.case_id))
    told = play.line("application", "receiver", "zh"), play.line("application", "receiver", "en")
    account = play.line("application", "account", "zh"), play.line("application", "account", "en")
    command = applications.Letter(*_seen(play), *told, None, ground, *account, files)
    applications.write_letter(command, by=play.officer, at=play.at)


@act
def send_letter(play: Play) -> None:
    """It leaves by post, with its slip."""
    (slip,) = play.papers("delivery.png")
    command = applications.Dispatch(*_seen(play), local_day(play.at), "post", "DEMO-EXPRESS", slip)
    applications.dispatch(command, by=play.officer, at=play.at)


@act
def letter_received(play: Play) -> None:
    """Enforcement confirms."""
    command = applications.Receipt(*_seen(play), local_day(play.at), play.line("application", "receipt"))
    applications.record_receipt(command, by=play.officer, at=play.at)


@act
def letter_decided(play: Play, outcome: str) -> None:
    """What was published of the dispute is the decision; the tourist is told what may be told."""
    told, published = play.line("application", "told"), play.part.dispute.outcome
    command = applications.Decided(*_seen(play), local_day(play.at), outcome, published, told)
    applications.record_decision(command, by=play.officer, at=play.at)


def _seen(play: Play) -> tuple[UUID, int]:
    made = play.last["application"]
    return made, play.version(made)
