"""Acts of the tourist and of the supervising body: lodging, deciding, serving, ending."""

from sqlalchemy import select

from tourism_odr.cases.deadlines import rulebook_of
from tourism_odr.cases.models import Case, Party
from tourism_odr.cases.models.party import RESPONDENT
from tourism_odr.cases.opening import Claimed, Complaint, NamedRespondent
from tourism_odr.clock import local_day
from tourism_odr.db import db, unit_of_work
from tourism_odr.demo.acting import act
from tourism_odr.demo.cast import data
from tourism_odr.demo.play import CHINESE, Play
from tourism_odr.intake.commands import (
    choices,
    lodging,
    mediators,
    reminders,
    respondents,
    service,
    transfers,
    triage,
)
from tourism_odr.intake.commands.letters import Bilingual
from tourism_odr.people import persons
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import DetailKind, Organisation
from tourism_odr.people.roles import Role

SHANGHAI = "cn-sh"  # where a body has no rules of its own


@act
def lodge(play: Play) -> None:
    """The tourist sends the complaint, with photos and papers; their contacts are verified."""
    known = play.cast.tourists.get(play.part.tourist)
    contacts = {} if known else _contacts(play)
    command = lodging.LodgeComplaint(complaint(play), name=play.part.tourist, person_id=known, **contacts)
    lodged = lodging.lodge_complaint(command, at=play.at)
    play.case_id, play.tourist = lodged.case_id, Actor(lodged.person_id, Role.TOURIST)
    if known is None:
        play.cast.tourists[play.part.tourist] = lodged.person_id
        with unit_of_work():
            persons.verify_contact(lodged.person_id, DetailKind.EMAIL, play.at)
    named = select(Party.id).where(Party.case_id == play.case_id, Party.side == RESPONDENT)
    play.respondents = list(db.session().scalars(named.order_by(Party.number)))


def _contacts(play: Play) -> dict[str, str]:
    number = len(play.cast.tourists) + 1
    return {"phone": f"+86199000{number:05}", "email": f"tourist-{number}@people.example"}


def complaint(play: Play) -> Complaint:
    """What is asked for, of whom, with the papers; at the body of the part, by its rules."""
    body = db.session().get_one(Organisation, play.cast.organisations[play.part.body])
    part, files = play.part, play.papers("contract.pdf", "hotel.jpg", "paid.png")
    trip = {
        "order": f"DEMO-{play.chance.randint(1000, 9999)}", "fee": f"{part.claim:f}", "contract": "电子合同",
        "from": play.day(-play.chance.randint(8, 20)).isoformat(), "to": play.day(-play.chance.randint(3, 7)).isoformat(),
    }  # fmt: skip
    return Complaint(
        body_id=play.cast.organisations[part.body],
        jurisdiction=str(body.settings.get("jurisdiction", SHANGHAI)),
        category=part.dispute.category,
        market=part.market,
        channel="web",
        locale=CHINESE if part.tongue == CHINESE else "en",
        statement=play.own_words("ask"),
        respondents=_named(play),
        claims=(Claimed("refund", part.claim), Claimed("apology")),
        travellers=part.people,
        trip=trip,
        files=files[: play.chance.randint(1, len(files))],
        mediation=part.mediation,
        consents=("sharing",),
        source_note=part.dispute.source_note,
        script_note=f"演示 / DEMO：{part.note}",
    )


def _named(play: Play) -> tuple[NamedRespondent, ...]:
    if play.part.typed:
        return (NamedRespondent(play.part.typed, None, play.part.kind),)
    names = {entry["key"]: entry["name"] for entry in data("cast")["operators"]}
    ids = play.cast.organisations
    return tuple(NamedRespondent(names[key], ids[key], play.part.kind) for key in play.part.respondents)


@act
def complete(play: Play, key: str) -> None:
    """An officer finds the operator in the register."""
    respondent, operator = play.respondents[0], play.cast.organisations[key]
    command = respondents.CompleteRespondent(play.case_id, respondent, play.version(respondent), operator)
    respondents.complete(command, by=play.officer, at=play.at)


@act
def accept(play: Play) -> None:
    """The body takes the complaint on."""
    command = triage.AcceptComplaint(play.case_id, play.version(play.case_id))
    triage.accept(command, by=play.officer, at=play.at)


@act
def return_(play: Play) -> None:
    """Back to the tourist with a list."""
    more = Bilingual(play.line("missing"))
    command = triage.ReturnComplaint(play.case_id, play.version(play.case_id), ("payment", "evidence"), more)
    triage.return_complaint(command, by=play.officer, at=play.at)


@act
def supplement(play: Play) -> None:
    """The tourist sends what was missing."""
    seen, words = play.version(play.case_id), play.own_words("ask")
    command = choices.SendSupplement(play.case_id, seen, words, play.papers("paid.png", "chat.png"))
    choices.send_supplement(command, by=play.tourist, at=play.at)


@act
def refuse(play: Play, ground: str) -> None:
    """The officer proposes a refusal to the head."""
    case = db.session().get_one(Case, play.case_id)
    known = {one.code for one in rulebook_of(case).grounds}
    if ground not in known:
        raise LookupError(f"{ground} is no ground of the Measures of that day")
    reason = Bilingual(play.line("refusal", ground))
    command = triage.ProposeRefusal(play.case_id, play.version(play.case_id), ground, reason)
    triage.propose_refusal(command, by=play.officer, at=play.at)


@act
def approve_refusal(play: Play) -> None:
    """The head agrees."""
    command = triage.ApproveRefusal(play.case_id, play.version(play.case_id))
    triage.approve_refusal(command, by=play.head, at=play.at)


@act
def reject_refusal(play: Play) -> None:
    """The head does not agree."""
    command = triage.RejectRefusal(play.case_id, play.version(play.case_id), play.line("refusal-rejected"))
    triage.reject_refusal(command, by=play.head, at=play.at)


@act
def transfer_out(play: Play) -> None:
    """To an authority that does not use this service."""
    receiver = Bilingual("演示市文化市场综合执法总队", "Demo City Enforcement Authority")
    reason = Bilingual(play.line("transfer", "zh"), play.line("transfer", "en"))
    command = triage.TransferOut(play.case_id, play.version(play.case_id), receiver, "remit", reason)
    triage.transfer_out(command, by=play.officer, at=play.at)


@act
def offer_transfer(play: Play, key: str) -> None:
    """To another body of this service."""
    reason = Bilingual(play.line("transfer-district", "zh"), play.line("transfer-district", "en"))
    to = play.cast.organisations[key]
    command = transfers.OfferTransfer(play.case_id, play.version(play.case_id), to, "territory", reason)
    play.last["transfer"] = transfers.offer_transfer(command, by=play.officer, at=play.at)


@act
def take_over(play: Play, key: str) -> None:
    """The other body accepts."""
    offered = play.last["transfer"]
    command = transfers.TakeOver(play.case_id, offered, play.version(offered))
    transfers.take_over(command, by=play.cast.actor(f"{key}-officer"), at=play.at)


@act
def send(play: Play, days: int, number: int = 1) -> None:
    """The letter to answer, with the officer's date."""
    one = play.respondents[number - 1]
    command = service.SendService(play.case_id, one, play.version(one), play.day(days))
    play.last[f"service{number}"] = service.send(command, by=play.officer, at=play.at)


@act
def prove(play: Play, number: int = 1) -> None:
    """Delivered by post, with the slip."""
    sent, proof = play.last[f"service{number}"], play.papers("delivery.png")[0]
    today = local_day(play.at)
    command = service.ProveService(play.case_id, sent, play.version(sent), "post", today, proof)
    service.prove(command, by=play.officer, at=play.at)


@act
def remind(play: Play, days: int) -> None:
    """One reminder with a short date."""
    one, words = play.respondents[0], Bilingual(play.line("reminder"))
    command = reminders.Remind(play.case_id, one, play.version(one), play.day(days), words)
    reminders.remind(command, by=play.officer, at=play.at)


@act
def assign(play: Play) -> None:
    """A mediator is asked."""
    person = play.mediator.person_id
    if person is None:
        raise LookupError("a mediator is somebody")
    command = mediators.AssignMediator(play.case_id, person)
    play.last["appointment"] = mediators.assign(command, by=play.officer, at=play.at)


@act
def choose(play: Play, step: str, number: int = 1) -> None:
    """What the tourist says about the road of one respondent: ask for a reminder, invite, end, settle."""
    one = play.respondents[number - 1]
    command = choices.ChooseFor(play.case_id, one, f"respondent.{step}", play.version(one))
    choices.choose_for(command, by=play.tourist, at=play.at)


@act
def withdraw(play: Play, reason: str) -> None:
    """The tourist takes the complaint back, and says why."""
    words = play.words("withdraw") if reason == choices.THEY_PAID else None
    command = choices.WithdrawComplaint(play.case_id, play.version(play.case_id), reason, words)
    choices.withdraw_complaint(command, by=play.tourist, at=play.at)
