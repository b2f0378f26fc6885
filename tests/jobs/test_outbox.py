"""Messages leave at least once, with one text and one Message-ID, and never inside a transaction."""

import socket
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import delete, func, select

from tests import builders
from tests.builders import AT, HOUR
from tourism_odr.cases import telling
from tourism_odr.cases.models import Clock, Event, Notice
from tourism_odr.db import db, unit_of_work
from tourism_odr.jobs import outbox
from tourism_odr.jobs.mail import MailLaterError, MailRefusedError, MemoryMailer, SmtpMailer
from tourism_odr.jobs.outbox import Office
from tourism_odr.people import invitations, mailing
from tourism_odr.people.models import DetailKind, Invitation, OrganisationContact, PersonDetail
from tourism_odr.people.roles import Role
from tourism_odr.rulebooks import explain

BASE = "https://odr.example"
SERVED = "service/send/respondent"


@pytest.fixture
def mailer() -> MemoryMailer:
    return MemoryMailer()


@pytest.fixture
def office(mailer) -> Office:
    return Office(mailer, "service@odr.example", BASE, "旅游纠纷在线解决")


def notices(template: str = "%") -> list[Notice]:
    wanted = select(Notice).where(Notice.template.like(template)).order_by(Notice.created)
    return list(db.session().scalars(wanted.execution_options(populate_existing=True)))


def text_of(message) -> str:
    return message.get_body(("plain",)).get_content()


def test_a_lodged_complaint_is_confirmed_to_the_tourist_and_told_to_the_officer(app, office, mailer):
    builders.a_case()

    outbox.post(AT, office)

    assert {n.status for n in notices()} == {"sent"}
    assert len(mailer.sent) == 2
    assert all(message["Message-ID"].endswith("@odr.example>") for _, message in mailer.sent)


def test_what_was_said_is_kept_with_its_digest_and_names_nobody(app, office, mailer):
    builders.a_case()

    outbox.post(AT, office)

    kept = notices("case/lodge/tourist")[0]
    assert kept.body == text_of(mailer.sent[0][1]) or kept.body == text_of(mailer.sent[1][1])
    assert (len(kept.digest), "林晓彤" in kept.body) == (64, False)


def test_a_notice_that_names_a_date_says_why_in_the_words_of_the_page(app, office, mailer):
    builders.a_case()
    decide = db.session().scalars(select(Clock).where(Clock.name == "decide")).one()

    outbox.post(AT, office)

    for told in (notices("case/lodge/tourist")[0], notices("case/lodge/officer")[0]):
        assert all(line in told.body for line in explain(decide.derivation, told.locale))


def test_a_message_is_rendered_once_even_when_it_is_sent_twice(app, office, mailer):
    builders.a_case()
    mailer.failing = MailLaterError("421 busy")
    outbox.post(AT, office)
    first = {n.id: (n.body, n.message_id) for n in notices()}

    mailer.failing = None
    outbox.post(AT + HOUR, office)

    assert {n.id: (n.body, n.message_id) for n in notices()} == first
    assert {n.attempts for n in notices()} == {2}


def test_the_pauses_double_up_to_an_hour(app, office, mailer):
    builders.a_case()
    mailer.failing = MailLaterError("421 busy")
    at, pauses = AT, []

    for _ in range(9):
        outbox.post(at, office)
        (one, *_rest) = notices()
        pauses.append((one.next_at - at).total_seconds() / 60)
        at = one.next_at

    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert {n.status for n in notices()} == {"waiting"}


def test_a_sender_that_dies_between_sending_and_marking_is_followed_with_the_same_message_id(
    app, office, mailer
):
    builders.a_case()

    class Death(BaseException):
        """A killed process."""

    real, seen = mailer.send, []

    def dies(message, address):
        seen.append(message["Message-ID"])
        raise Death

    mailer.send = dies
    with pytest.raises(Death):
        outbox.post(AT, office)
    mailer.send = real
    outbox.post(AT + timedelta(minutes=1), office)
    early = len(mailer.sent)
    outbox.post(AT + outbox.LEASE, office)

    assert early < len(notices())
    assert seen[0] in {message["Message-ID"] for _, message in mailer.sent}
    assert {n.status for n in notices()} == {"sent"}


def test_nothing_is_sent_inside_a_transaction(app, office, mailer):
    builders.a_case()
    inside = []
    real = mailer.send

    def looks(message, address):
        inside.append(bool(db.session().info.get("in_unit_of_work")) or db.session().in_transaction())
        real(message, address)

    mailer.send = looks
    outbox.post(AT, office)

    assert set(inside) == {False}


def test_whoever_has_no_address_reads_it_on_the_page(app, office, mailer):
    made = builders.a_case()
    with unit_of_work() as session:
        session.execute(
            delete(PersonDetail).where(
                PersonDetail.person_id == made.people.tourist.person_id, PersonDetail.kind == DetailKind.EMAIL
            )
        )

    outbox.post(AT, office)

    kept = notices("case/lodge/tourist")[0]
    assert (kept.status, kept.body != "") == ("page", True)


def test_the_letter_to_a_respondent_carries_an_invitation_that_only_the_message_holds(app, office, mailer):
    made = builders.a_case("sent")

    outbox.post(made.at, office)

    (letter,) = [m for address, m in mailer.sent if address.endswith("@agency.example")]
    secret = text_of(letter).split("/invitation/")[1].split()[0]
    kept = notices(SERVED)[0]
    assert secret not in kept.body
    with unit_of_work():
        found = invitations.find(secret, made.at)
        assert found is not None
        assert (found.organisation_id, found.case_id) == (made.people.agency, made.id)


def test_a_second_attempt_ends_the_invitation_of_the_first(app, office, mailer):
    made = builders.a_case("sent")
    mailer.failing = MailLaterError("421 busy")
    outbox.post(made.at, office)
    mailer.failing = None

    outbox.post(made.at + HOUR, office)

    ended = db.session().scalars(select(Invitation.ended).order_by(Invitation.created)).all()
    assert [one is None for one in ended] == [False, True]


def test_a_letter_that_comes_back_fails_the_service_and_tells_the_officer(app, office, mailer):
    made = builders.a_case("sent")
    outbox.post(made.at, office)
    letter = notices(SERVED)[0].id

    outbox.record_bounce(letter, made.at + HOUR)
    outbox.record_bounce(letter, made.at + HOUR)

    assert made.stage(made.services[0]) == "failed"
    assert len(notices("service/bounce/officer")) == 1
    assert notices(SERVED)[0].bounced_at is not None


def test_a_bounce_after_service_counted_revokes_it_and_the_silence_with_it(app, office):
    made = builders.a_case("served")
    letter = notices(SERVED)[0].id

    outbox.record_bounce(letter, made.at + HOUR)

    assert (made.stage(made.services[0]), made.stage(made.respondent)) == ("revoked", "awaiting-service")


def test_a_respondent_without_contact_counts_as_undelivered_at_once(app, office):
    made = builders.a_case("accepted")
    with unit_of_work() as session:
        session.execute(
            delete(OrganisationContact).where(OrganisationContact.organisation_id == made.people.agency)
        )
        from tourism_odr.people.models import Membership

        session.execute(delete(Membership).where(Membership.organisation_id == made.people.agency))
    builders.ROAD["sent"](made, None)

    outbox.post(made.at, office)

    assert notices(SERVED)[0].status == "page"
    assert made.stage(made.services[0]) == "failed"


def test_a_refused_mailbox_is_a_bounce(app, office, mailer):
    made = builders.a_case("sent")
    mailer.failing = MailRefusedError("550 no such user")

    outbox.post(made.at, office)

    assert made.stage(made.services[0]) == "failed"
    assert "550" in notices(SERVED)[0].error


def test_secrets_in_the_parameters_are_forgotten_once_sent(app, office, mailer):
    made = builders.a_case()
    person = made.people.tourist.person_id
    with unit_of_work() as session:
        sealed = {"sealed_code": mailing.seal_for_outbox(person, "123456")}
        telling.queue(session, "_other/code", telling.Recipient(person_id=person), at=AT, params=sealed)

    outbox.post(AT, office)

    kept = notices("_other/code")[0]
    assert any("123456" in text_of(message) for _, message in mailer.sent)
    assert ("123456" in kept.body, kept.params) == (False, {})


def test_a_code_that_lapsed_while_the_server_was_down_is_not_sent_any_more(app, office, mailer):
    made = builders.a_case()
    person = made.people.tourist.person_id
    with unit_of_work() as session:
        sealed = {"sealed_code": mailing.seal_for_outbox(person, "123456")}
        telling.queue(session, "_other/code", telling.Recipient(person_id=person), at=AT, params=sealed)

    outbox.post(AT + HOUR, office)

    assert notices("_other/code")[0].status == "failed"
    assert not any("123456" in text_of(message) for _, message in mailer.sent)


class Server:
    """What a mail server may answer."""

    def __init__(self, answer: str) -> None:
        self.answer, self.got = answer, []

    async def handle_DATA(self, _server, _session, envelope) -> str:  # noqa: N802 - the library's name
        self.got.append(envelope)
        return self.answer


@pytest.fixture
def smtp() -> Iterator[SimpleNamespace]:
    handler = Server("250 ok")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield SimpleNamespace(handler=handler, url=urlsplit(f"smtp://127.0.0.1:{port}"))
    controller.stop()


@pytest.mark.parametrize(
    ("answer", "status"), [("250 ok", "sent"), ("451 try later", "waiting"), ("554 never", "failed")]
)
def test_what_the_mail_server_answers_decides(app, smtp, answer, status):
    smtp.handler.answer = answer
    builders.a_case()
    office = Office(SmtpMailer(smtp.url, "service@odr.example"), "service@odr.example", BASE, "服务")

    outbox.post(AT, office)

    assert {n.status for n in notices("case/lodge/%")} == {status}


def test_a_mail_server_that_hangs_is_given_up_and_tried_again(app):
    builders.a_case()
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = urlsplit(f"smtp://127.0.0.1:{silent.getsockname()[1]}")
        office = Office(
            SmtpMailer(url, "service@odr.example", timeout=0.2), "service@odr.example", BASE, "服务"
        )

        outbox.post(AT, office)

    assert {n.status for n in notices()} == {"waiting"}
    assert db.session().scalar(select(func.count()).select_from(Event)) > 0


def test_a_notice_is_claimed_by_one_sender_only(app, office):
    builders.a_case()

    first = outbox._claim(AT, 20)
    second = outbox._claim(AT, 20)

    assert (len(first), second) == (2, [])
    assert all(isinstance(one, UUID) for one in first)


def reminders_of(made: list[builders.TheCase]) -> None:
    reader = telling.Recipient(organisation_id=made[0].people.agency, role=Role.HANDLER)
    with unit_of_work() as session:
        for one in made:
            number = builders.case_row(one).number
            params = {"number": number, "case": str(one.id), "title": "Answer", "day": "2026-10-20", "rung": 1}
            telling.queue(session, "_other/deadline", reader, at=AT + HOUR, case_id=one.id, params=params)


def test_reminders_of_several_cases_reach_a_reader_in_one_letter(app, office, mailer):
    first = builders.a_case("served")
    outbox.post(AT + HOUR, office)
    reminders_of([first, builders.a_case("lodged", people=first.people)])
    mailer.sent.clear()

    outbox.post(AT + HOUR, office)

    (one, two) = notices("_other/deadline")
    letters = {message["Message-ID"]: text_of(message) for _, message in mailer.sent}
    (text,) = [text for text in letters.values() if one.body in text]
    assert two.body in text
    assert {one.status, two.status} == {"sent"}


def test_a_letter_that_failed_leaves_again_with_the_same_notices(app, office, mailer):
    first = builders.a_case("served")
    outbox.post(AT + HOUR, office)
    reminders_of([first, builders.a_case("lodged", people=first.people)])
    mailer.failing = MailLaterError("busy")
    outbox.post(AT + HOUR, office)
    with unit_of_work() as session:
        reader = telling.Recipient(organisation_id=first.people.agency, role=Role.HANDLER)
        params = {"number": "LY-2026-999999", "case": str(first.id), "title": "Answer", "day": "2026-10-20", "rung": 1}
        telling.queue(session, "_other/deadline", reader, at=AT + HOUR, case_id=first.id, params=params)
    mailer.failing = None
    mailer.sent.clear()

    outbox.post(AT + 2 * HOUR, office)

    (late,) = [notice for notice in notices("_other/deadline") if "LY-2026-999999" in notice.body]
    (one, two) = [notice for notice in notices("_other/deadline") if notice is not late]
    texts = {text_of(message) for _, message in mailer.sent}
    (text,) = [text for text in texts if one.body in text]
    assert two.body in text
    assert late.body not in text
    assert {notice.status for notice in notices("_other/deadline")} == {"sent"}
