"""Acts of respondents and mediators: answering, talking, offering, and ending without agreement."""

from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from tourism_odr.cases.items import Words
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.demo.acting import act
from tourism_odr.demo.cast import data
from tourism_odr.demo.play import CHINESE, Play
from tourism_odr.mediation.commands import answers, desk, offers, powers, room, stands
from tourism_odr.people.actor import Actor

WHOLE = Decimal(100)
PAUSE = timedelta(minutes=4)  # between two lines of a talk


@act
def open_(play: Play, number: int = 1) -> None:
    """The respondent opens the letter."""
    sent = play.last[f"service{number}"]
    answers.open_letter(sent, play.version(sent), by=play.handler(number), at=play.at)


@act
def answer(play: Play, how: str, number: int = 1) -> None:
    """Admits, denies or admits in part; who denies does not consent to mediation."""
    one = play.respondents[number - 1]
    elements = play.elements()
    said = {"agree": ("agree", "agree"), "deny": ("deny", "deny"), "in-part": ("unknown", "agree")}[how]
    account = play.words("answer", how)
    command = answers.Answer(
        one, play.version(one), account, dict(zip(elements, said, strict=False)), consent=how != "deny",
        files=play.papers("answer.pdf") if how != "deny" else (),
    )  # fmt: skip
    answers.send_answer(command, by=play.handler(number), at=play.at)


@act
def not_ours(play: Play, number: int = 1) -> None:
    """Not our customer."""
    one = play.respondents[number - 1]
    command = answers.Reply(one, play.version(one), play.words("not-ours"))
    answers.say_not_our_customer(command, by=play.handler(number), at=play.at)


@act
def invitation(play: Play, how: str, number: int = 1) -> None:
    """Take or leave the tourist's invitation to mediate."""
    one = play.respondents[number - 1]
    accepts = how == "accept"
    answers.answer_invitation(one, play.version(one), accept=accepts, by=play.handler(number), at=play.at)


@act
def power(play: Play, number: int = 1) -> None:
    """The handler files a power to settle and to sign; the officer looks at it."""
    by = play.handler(number)
    if by.person_id is None:
        raise LookupError("a handler is somebody")
    one, paper = play.respondents[number - 1], play.papers("power.pdf")[0]
    scopes = ("answer", "admit", "offer", "settle", "sign", "receive")
    filed = powers.FilePower(one, by.person_id, "written-power", scopes, paper)
    made = powers.file_power(filed, by=by, at=play.at)
    checked = powers.CheckPower(play.case_id, one, made, sound=True)
    powers.check_power(checked, by=play.mediator, at=play.at)


@act
def seat(play: Play) -> None:
    """The mediator accepts."""
    asked = play.last["appointment"]
    command = desk.AnswerAppointment(play.case_id, asked, play.version(asked))
    desk.accept_appointment(command, by=play.mediator, at=play.at)


@act
def decline_seat(play: Play, reason: str) -> None:
    """The mediator declines."""
    asked = play.last["appointment"]
    command = desk.AnswerAppointment(play.case_id, asked, play.version(asked), reason)
    desk.decline_appointment(command, by=play.mediator, at=play.at)


@act
def talk(play: Play) -> None:
    """Words in the joint room."""
    _say_all(play, play.place(PlaceKind.JOINT).id, data("words")["languages"][play.part.tongue]["joint"])


@act
def caucus(play: Play, whose: str) -> None:
    """A private word of the mediator with one side."""
    words = data("words")
    tourist = whose == "tourist"
    lines = words["languages"][play.part.tongue]["tourist-caucus"] if tourist else words["agency-caucus"]
    party = play.complainant() if tourist else play.respondents[0]
    _say_all(play, play.place(PlaceKind.CAUCUS, party).id, lines)


@act
def note(play: Play) -> None:
    """The mediator notes something for nobody else."""
    place = play.place(PlaceKind.NOTES).id
    room.say_in_room(room.Say(play.case_id, place, play.words("note")), by=play.mediator, at=play.at)


def _say_all(play: Play, place: UUID, lines: list[list[str]]) -> None:
    who: dict[str, tuple[Actor, str]] = {
        "mediator": (play.mediator, CHINESE), "tourist": (play.tourist, play.part.tongue),
        "agency": (play.handler(), CHINESE), "officer": (play.officer, CHINESE),
    }  # fmt: skip
    for speaker, text in lines:
        by, tongue = who[speaker]
        room.say_in_room(room.Say(play.case_id, place, Words(play.filled(text), tongue)), by=by, at=play.at)
        play.at += PAUSE


@act
def speak(play: Play) -> None:
    """The officer in the room says why."""
    text = data("words")["languages"][play.part.tongue]["officer"]
    _say_all(play, play.place(PlaceKind.JOINT).id, [["officer", text]])


@act
def show(play: Play, name: str) -> None:
    """The tourist lays a paper into the room."""
    command = room.AddFiles(play.case_id, play.place(PlaceKind.JOINT).id, play.papers(name))
    room.add_files_to_room(command, by=play.tourist, at=play.at)


@act
def facts(play: Play) -> None:
    """Both sides say what they think of the trip sheet; on one thing they differ."""
    values = play.trip_values()
    for by, odd in ((play.tourist, "agree"), (play.handler(), "deny")):
        said = dict.fromkeys(values, "agree") | dict.fromkeys(values[1:2], odd)
        stands.take_stands(stands.TakeStands(play.case_id, said), by=by, at=play.at)


@act
def offer(play: Play, percent: int, until: int | None = None) -> None:
    """The respondent offers a part of the amount in the end."""
    which = "second" if percent == WHOLE else "first"
    _offer(play, percent, play.handler(), (play.complainant(),), play.words("offer", which), until)


@act
def counter(play: Play, percent: int, until: int | None = None) -> None:
    """The tourist names another amount."""
    tongue = play.part.tongue
    words = Words(play.line("offer", "counter", tongue if tongue in ("en", "ja") else "zh-Hans"), tongue)
    _offer(play, percent, play.tourist, (play.respondents[0],), words, until)


def _offer(play: Play, percent: int, by: Actor, to: tuple[UUID, ...], words: Words, until: int | None) -> None:
    amount = (play.part.amount * percent / WHOLE).quantize(Decimal(1), ROUND_HALF_UP)
    said = Words(words.body.replace(f"{play.part.amount:f}", f"{amount:f}"), words.language)
    dates: dict[str, Any] = {"pay_by": play.day(10), "until": play.day(until) if until is not None else None}
    command = offers.MakeOffer(play.case_id, play.place(PlaceKind.JOINT).id, to, amount, said, **dates)
    play.last["offer"] = offers.make_offer(command, by=by, at=play.at)


@act
def reply(play: Play, how: str, who: str = "tourist") -> None:
    """Accept or decline the last offer."""
    made = play.last["offer"]
    command = offers.AnswerOffer(play.case_id, made, play.version(made))
    by = play.tourist if who == "tourist" else play.handler()
    act_ = offers.accept_offer if how == "accept" else offers.decline_offer
    act_(command, by=by, at=play.at)


@act
def terminate(play: Play, reason: str, number: int = 1) -> None:
    """The mediator ends it with one respondent."""
    one = play.respondents[number - 1]
    command = room.EndMediation(play.case_id, one, play.version(one), reason, play.words("end"))
    room.end_mediation(command, by=play.mediator, at=play.at)
