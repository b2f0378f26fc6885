"""The town in which the journeys happen: its people, its clock, its post."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage
from io import BytesIO
from zoneinfo import ZoneInfo

import pypdf
import time_machine
from flask import Flask
from PIL import Image
from sqlalchemy import select

from tests.cast import People, people
from tests.journeys.person import Person, plain
from tests.pages import PageClient
from tests.signing_in import sign_in
from tourism_odr.clock import local_day, now
from tourism_odr.db import unit_of_work
from tourism_odr.jobs import JOBS
from tourism_odr.jobs.mail import MemoryMailer
from tourism_odr.jobs.outbox import Office
from tourism_odr.people import organisations, persons
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import Organisation, OrganisationKind
from tourism_odr.people.roles import Role

SHANGHAI = ZoneInfo("Asia/Shanghai")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
PASSES = re.compile(r"/cases/([0-9a-f-]{36})")
EVERYTHING = ["answer", "admit", "offer", "settle", "sign", "receive"]


class Town:
    """People behind browsers of their own; the time stands until somebody waits, and then the jobs run."""

    def __init__(self, built: Flask, new_client: Callable[[], PageClient], start: str) -> None:
        self.app = built
        self.new_client = new_client
        self.base: str = built.extensions["odr_settings"].base_url
        self.mailer = MemoryMailer()
        self.office = Office(self.mailer, "service@odr.example", self.base, "旅游纠纷在线解决")
        self.everybody: list[Person] = []
        self.traveller = time_machine.travel(_instant(start), tick=False)
        self.time = self.traveller.start()
        with built.app_context(), unit_of_work() as session:
            self.cast: People = people(session, now() - 30 * DAY)

    def close(self) -> None:
        """The time of the machine comes back."""
        self.traveller.stop()

    def somebody(self, actor: Actor, locale: str = "en") -> Person:
        """Whoever works for an organisation, at their browser; they sign in whenever their session is over."""
        person = Person(self.new_client(), f"{self.base}/{locale}", lambda me: sign_in(me.client, actor))
        self.everybody.append(person)
        return person

    def tourist(self, locale: str = "en") -> "Tourist":
        """Somebody without an account."""
        person = Tourist(self.new_client(), f"{self.base}/{locale}")
        self.everybody.append(person)
        return person

    def another_body(self, name: str) -> tuple[str, Person]:
        """The id of one more body, and its officer."""
        with self.app.app_context(), unit_of_work():
            body = organisations.register_organisation(
                OrganisationKind.BODY, name, at=now(), code="邻旅质", territory="320000", level="district"
            )
            person = persons.create_person(locale="zh-Hans", at=now(), name="邻区经办")
            organisations.add_member(person, body, Role.OFFICER, now())
        return str(body), self.somebody(Actor(person, Role.OFFICER, body))

    def body_with(self, officer: str, head: str, name: str) -> None:
        """An officer and a head for a body that an administrator has added: from now on the cast's own."""
        with self.app.app_context(), unit_of_work() as session:
            body = session.scalars(select(Organisation.id).where(Organisation.name == name)).one()
            made = {}
            for role, called in ((Role.OFFICER, officer), (Role.HEAD, head)):
                person = persons.create_person(locale="en", at=now(), name=called)
                organisations.add_member(person, body, role, now())
                made[role] = Actor(person, role, body)
        self.cast = replace(self.cast, officer=made[Role.OFFICER], head=made[Role.HEAD], body=body)

    def also_officer(self, actor: Actor) -> Person:
        """The same person in another part: as an officer of the body."""
        with self.app.app_context(), unit_of_work():
            assert actor.person_id is not None
            organisations.add_member(actor.person_id, self.cast.body, Role.OFFICER, now())
        return self.somebody(Actor(actor.person_id, Role.OFFICER, self.cast.body))

    def second_window(self, person: Person) -> Person:
        """One more window of the same browser."""
        return Person(person.client, person.base)

    def code_sent_to(self, address: str) -> str:
        """The six digits of the last message that holds any."""
        said = [text_of(message) for message in self.mails_to(address)]
        found = [code for words in said for code in re.findall(r"(?<![\w/-])\d{6}(?![\w/-])", words)]
        assert found, said
        return str(found[-1])

    # -- time ---------------------------------------------------------------------------------------------

    def waits(self, **much: float) -> None:
        """Time passes, a day at a time, and the jobs run."""
        end = now() + timedelta(**much)
        while now() < end:
            self._goes_to(min(now() + DAY, end))

    def day(self, ahead: int) -> date:
        """The day that many days ahead, in Shanghai."""
        return local_day(now() + ahead * DAY)

    def waits_until(self, moment: str) -> None:
        """The same, until a moment such as ``2026-03-14 10:00``, as the clocks of Shanghai show it."""
        while now() < _instant(moment):
            self._goes_to(min(now() + DAY, _instant(moment)))

    def _goes_to(self, moment: datetime) -> None:
        long = moment - now() >= 30 * MINUTE
        self.time.move_to(moment)
        for person in self.everybody:
            person.away = person.away or (long and person.comes_in is not None)
        self.jobs_run()

    def jobs_run(self) -> None:
        """What the scheduler does without anybody's click, once each."""
        with self.app.app_context():
            for job in JOBS:
                job.run(now(), self.office)

    # -- post ---------------------------------------------------------------------------------------------

    def mails_to(self, address: str) -> list[EmailMessage]:
        """What arrived at an address."""
        return [message for to, message in self.mailer.sent if to == address]

    def last_mail_to(self, address: str) -> str:
        """The subject and the words of what arrived last."""
        arrived = self.mails_to(address)
        assert arrived, f"no mail to {address}; there is mail to {sorted({to for to, _ in self.mailer.sent})}"
        return text_of(arrived[-1])


@dataclass
class Complaint:
    """What a tourist says about a trip; each journey changes what it is about."""

    name: str = "Lin Xiaotong"
    category: str = "service_downgrade"
    story: str = "The hotel was two classes lower than promised."
    refund: str = "1,400"
    email: str = "xiaotong@tourist.example"
    language: str = "English"
    mediation: str = "yes"
    agencies: tuple[str, ...] = ("远山旅行社",)
    named: str = ""  # a business by the name that the tourist knows, instead of one from the register
    photo: bool = False
    place: str = ""  # of the booking: the body that is responsible there
    market: str = "domestic"
    currency: str = "CNY"
    asked: date | None = None  # when the business itself was asked, where the rules want to know


class Tourist(Person):
    """A tourist: lodges a complaint, keeps link and recovery code, and comes back by the link."""

    number = ""
    case = ""
    link = ""
    code = ""
    receipt = b""

    def lodges(self, said: Complaint | None = None) -> "Tourist":
        """The five pages, the check page, the confirmation."""
        said = said or Complaint()
        self.answers_the_pages(said)
        self.fills(sharing=True, true=True)
        if said.photo:
            self.fills(sensitive=True)
        self.presses("Send complaint").sees("Your complaint is sent")
        return self.saves_the_way_back()

    def answers_the_pages(self, said: Complaint) -> "Tourist":
        """From the start page to the check page."""
        self.goes("/").follows("Start a complaint")
        self.fills(category=said.category).presses("Continue")
        if said.named:
            self.fills(named=said.named).presses("Add this name")
        for agency in () if said.named else said.agencies:
            self.fills(q=agency).presses("Search the register").presses("Add")
        self.presses("Continue")
        self.fills(order="YS-2026-77", travellers="2", fee="4400", market=said.market, currency=said.currency)
        if said.place:
            self.fills(place=said.place)
        self.presses("Continue")
        self.fills(story=said.story)
        if said.photo:
            self.fills(files=[(photo(), "hotel.jpg")])
        self.presses("Continue")
        self.fills(wants=["refund"], refund=said.refund, mediation=said.mediation, told="no")
        if said.asked:
            self.fills(asked=said.asked)
        self.presses("Continue")
        self.fills(name=said.name, email=said.email, phone="138 1234 5678", language=said.language, served="contact")
        return self.presses("Continue").sees("Check your answers", said.story)  # type: ignore[return-value]

    def saves_the_way_back(self) -> "Tourist":
        """Keep number, link and code; open the case."""
        self.number = self.holds("confirmation").removeprefix("Your complaint is sent").removeprefix(" Your case number").split()[0]
        self.link = self.holds("secret-link")
        self.code = self.holds("recovery-code")
        self.receipt = self.reads_file("Save the receipt")
        self.fills(saved=True).presses("Open my case")
        found = PASSES.search(self.address)
        assert found, self.address
        self.case = found.group(1)
        self.comes_in = Tourist.opens_the_link
        return self

    def opens_the_link(self) -> None:
        """What is done with a link that was kept: open it, press the button."""
        self.goes(self.link).presses("Open my case")


def photo(colour: str = "red") -> BytesIO:
    """A small picture as a phone makes it."""
    out = BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "JPEG")
    out.seek(0)
    return out


def text_of(message: EmailMessage) -> str:
    """The subject and the plain words of a message."""
    body = message.get_body(("plain",))
    assert body is not None
    return f"{message['Subject']}\n{body.get_content()}"


def words_of(pdf: bytes) -> str:
    """What a PDF says, page after page."""
    return plain(" ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(pdf)).pages))


def says(pdf: bytes, *wanted: str) -> bool:
    """Whether a PDF says all of this; where its lines break does not matter."""
    words = _unbroken(words_of(pdf))
    missing = [one for one in wanted if _unbroken(one) not in words]
    assert not missing, f"{missing} not in {words}"
    return True


def _unbroken(text: str) -> str:
    return re.sub(r"[\s\u200b]", "", text)


def _instant(moment: str) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI).astimezone(UTC)


__all__ = ["EVERYTHING", "Complaint", "Tourist", "Town", "photo", "says"]
