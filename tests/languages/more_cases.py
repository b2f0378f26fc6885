"""What the demo leaves out: states that last a moment, so that their pages have somebody to see them."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from tests import builders
from tests.account import doors
from tests.intake import tourist
from tests.intake.officer import another_body
from tests.languages import standing
from tests.pages import PageClient
from tests.signing_in import sign_in
from tourism_odr.cases.models import Subject
from tourism_odr.clock import local_day, now
from tourism_odr.db import db, unit_of_work
from tourism_odr.intake.commands import transfers, triage
from tourism_odr.intake.commands.letters import Bilingual
from tourism_odr.jobs.volumes import make_ordered
from tourism_odr.mediation.commands import answers
from tourism_odr.oversight import commands as oversight
from tourism_odr.people import invitations, links, organisations
from tourism_odr.people.models import Organisation, OrganisationKind
from tourism_odr.people.roles import Role

A_MONTH_AND_MORE = timedelta(days=40)
LAST_YEAR = {"first-year": "2025", "last-year": "2025"}
ANSWER = {"account": "我们已经按合同提供了住宿。", "consent": "yes", "stand-whole": "denied", "files": [],
          "offer_amount": "", "offer_day": "", "offer_terms": "", "late_reason": ""}  # fmt: skip


def add() -> None:
    """Archive volumes, silent agencies, a letter on its way, half an answer, an invitation to mediate, a complaint sent back, urgings."""
    make_ordered(now())
    long_ago = now() - A_MONTH_AND_MORE
    builders.a_case("sent", at=now() - timedelta(hours=5))
    served = builders.a_case("served", at=now() - timedelta(hours=5))
    answers.save_draft(served.id, served.respondent, ANSWER, by=served.people.handler, at=now())
    builders.fall_silent(builders.a_case("served", at=long_ago))
    invited = builders.a_case("served", at=long_ago)
    builders.fall_silent(invited)
    invited.take("respondent.invite", invited.people.tourist, invited.respondent)
    returned = builders.a_case(at=now() - timedelta(hours=5))
    seen = _version(returned.id)
    back = triage.ReturnComplaint(returned.id, seen, ("identity",))
    triage.return_complaint(back, by=returned.people.officer, at=now() - timedelta(hours=2))
    _urged(approved=False)
    _urged(approved=True)
    _referred()
    standing.add()


def _referred() -> None:
    """Two bodies would not take it over: the one above decides."""
    at = now() - timedelta(hours=3)
    made, above = builders.a_case(at=now() - timedelta(hours=5)), another_body(at)
    with unit_of_work() as session:
        session.get_one(Organisation, made.people.body).level = "district"
        superior = session.get_one(Organisation, above.organisation_id)
        superior.level, superior.territory = "city", "310000"
    for _ in range(2):
        other = another_body(at)
        assert other.organisation_id
        command = transfers.OfferTransfer(made.id, None, other.organisation_id, "territory", Bilingual("邻区"))
        offered = transfers.offer_transfer(command, by=made.people.officer, at=at)
        no = transfers.ObjectToTransfer(made.id, offered, _version(offered), Bilingual("不属本区"))
        transfers.object_to_transfer(no, by=other, at=at)


def _urged(*, approved: bool) -> None:
    made = builders.a_case("mediated", at=now() - timedelta(hours=20))
    order = oversight.Urging(made.id, made.respondent, None, "请在本周内答复调解员。", local_day(now() + timedelta(days=5)))
    urge = oversight.propose_urging(order, by=made.people.officer, at=now())
    if approved:
        oversight.approve_urging(oversight.Decision(urge, _version(urge)), by=made.people.head, at=now())


def _version(subject_id: UUID) -> int:
    return int(db.session().get_one(Subject, subject_id, populate_existing=True).version)


def who_is_writing(client: PageClient) -> None:
    """Somebody with a complaint that is written, with a photo, and not sent."""
    tourist.fill_all(client, trip=LAST_YEAR)
    story = tourist.hidden(client.get("/en/complain/story"))
    kept = client.post("/en/complain/files", data={**story, "files": [(tourist.photo(), "room.jpg")]})
    assert kept.status_code == 200, kept.get_data(as_text=True)


def who_has_sent(client: PageClient) -> None:
    """Somebody who has just sent a complaint, and has not saved the way back yet."""
    who_is_writing(client)
    assert tourist.send(client, sensitive="y").status_code == 303


def who_signs_in(client: PageClient) -> None:
    """Somebody whose password was right, and who is to enter the code that came by e-mail."""
    with client.application.app_context():
        agent = doors.member("agent@signs-in.example", Role.HANDLER, OrganisationKind.OPERATOR, now())
    assert doors.send(client, "/en/sign-in", email=agent.email, password=doors.PASSWORD).status_code == 303


def who_was_invited(client: PageClient) -> None:
    """Somebody who has opened the invitation, and is to set a password and an authenticator."""
    with client.application.app_context(), unit_of_work():
        house = organisations.register_organisation(OrganisationKind.COURT, "演示湖区法院", at=now(), name_en="Lakeside Court")
        _, secret = invitations.invite("clerk@was-invited.example", house, Role.CLERK, by=doors.SYSTEM, at=now())
    assert doors.send(client, f"/en/invitation/{secret}").status_code == 303


def who_finds_a_case(client: PageClient) -> None:
    """Somebody who has asked for a code to come back to a case."""
    asked = doors.send(client, "/en/find-my-case", number="LY-2026-000001", contact="who@finds.example")
    assert asked.status_code == 303


def who_has_new_access(client: PageClient) -> UUID:
    """A tourist who has just renewed the link, and has not saved the new one yet."""
    with client.application.app_context():
        made = builders.a_case(at=now() - timedelta(hours=5))
        person = made.people.tourist.person_id
        assert person
        with unit_of_work():
            code = links.make_printed_code(person, made.id, now())
    sign_in(client, made.people.tourist, made.id)
    assert doors.send(client, f"/en/cases/{made.id}/access", code=code).status_code == 303
    return made.id


# Somebody in the middle of something, which part of an address is theirs alone, and how they came there.
MOMENTS: dict[str, tuple[str, Callable[[PageClient], UUID | None]]] = {
    "who is writing": ("/complain", who_is_writing),
    "who has sent": ("/complain", who_has_sent),
    "who signs in": ("/sign-in/code", who_signs_in),
    "who was invited": ("/invitation", who_was_invited),
    "who finds a case": ("/find-my-case/code", who_finds_a_case),
    "who has new access": ("/access/", who_has_new_access),
}
