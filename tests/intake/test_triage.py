"""Triage by its commands: what the demo and the pages have in common."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from tests.builders import AT, HOUR, TheCase, a_case, appoint, case_row
from tests.intake.officer import another_body, letters, version
from tourism_odr.cases.audience import readable_places
from tourism_odr.cases.errors import NotYoursError, UnmetNeedError
from tourism_odr.cases.items import StoredFile
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.models import Clock, Document, Party, Place
from tourism_odr.db import db, unit_of_work
from tourism_odr.intake.commands import (
    mediators,
    respondents,
    transfers,
    triage,
)
from tourism_odr.intake.commands.letters import Bilingual
from tourism_odr.intake.queries.checks import applying
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import Organisation
from tourism_odr.people.refusal import RefusedError
from tourism_odr.text import say

PROOF = StoredFile("0" * 64, 10, "image", "image/jpeg", "回执.jpg", {})


def clock(case: TheCase, name: str, subject_id: UUID | None = None) -> Clock:
    """The clock of that name that was started last."""
    rows = select(Clock).where(Clock.subject_id == (subject_id or case.id), Clock.name == name)
    return db.session().scalars(rows.order_by(Clock.started_at.desc())).all()[0]


def unnamed(case: TheCase) -> UUID:
    """Make the first respondent one whom the tourist only named."""
    with unit_of_work() as session:
        party = session.get_one(Party, case.respondent)
        party.organisation_id, party.typed_name = None, "远山旅行"
    return case.respondent


def test_a_complaint_of_14_march_is_decided_under_the_measures_of_2010(app: Flask) -> None:
    received = datetime(2026, 3, 14, 10, tzinfo=UTC)

    case = a_case(at=received)

    assert applying(case_row(case))[1][0].title == "Measures for Handling Tourist Complaints (2010)"
    assert clock(case, "decide").derivation["count"] == 5


def test_a_complaint_of_15_march_is_decided_under_the_measures_of_2026(app: Flask) -> None:
    received = datetime(2026, 3, 15, 10, tzinfo=UTC)

    case = a_case(at=received)

    assert applying(case_row(case))[1][0].title == "Measures for Handling Tourist Complaints (2026)"
    assert clock(case, "decide").derivation["count"] == 2


def test_a_returned_complaint_waits_for_the_tourist_and_restarts_the_decision_when_supplemented(app: Flask) -> None:
    case = a_case()
    command = triage.ReturnComplaint(case.id, version(case.id), ("contract",), Bilingual("合同第二页", "Page two"))

    triage.return_complaint(command, by=case.people.officer, at=AT + HOUR)
    returned = case.stage()
    case.at = AT + HOUR
    case.take("case.supplement", case.people.tourist)

    assert returned == "returned"
    contract = say(triage.MISSING["contract"], "zh-Hans")
    assert letters(case, "triage") == [f"{contract}\n合同第二页", "The travel contract, booking or order\nPage two"]
    assert clock(case, "supplement").status == "met"
    assert clock(case, "decide").status == "running"
    assert clock(case, "decide").started_at == case.at


def test_a_return_without_a_single_point_is_refused(app: Flask) -> None:
    case = a_case()

    with pytest.raises(RefusedError, match="at least one thing"):
        triage.return_complaint(triage.ReturnComplaint(case.id, 1, ()), by=case.people.officer, at=AT)


def propose(case: TheCase) -> None:
    command = triage.ProposeRefusal(case.id, version(case.id), "too-late", Bilingual("超过九十日", "Too late"))
    triage.propose_refusal(command, by=case.people.officer, at=AT + HOUR)


def test_a_refusal_is_issued_only_by_the_head(app: Flask) -> None:
    case = a_case()
    propose(case)
    approve = triage.ApproveRefusal(case.id, version(case.id))

    with pytest.raises(NotYoursError):
        triage.approve_refusal(approve, by=case.people.officer, at=AT + 2 * HOUR)
    before = letters(case, "triage")
    triage.approve_refusal(approve, by=case.people.head, at=AT + 2 * HOUR)

    refusal = db.session().scalars(select(Document).where(Document.case_id == case.id, Document.kind == "refusal")).one()
    assert before == []
    assert letters(case, "triage") == ["超过九十日", "Too late"]
    assert (case.stage(), refusal.status) == ("not-accepted", "issued")


def test_the_head_sends_a_refusal_back_with_a_reason_that_the_tourist_does_not_read(app: Flask) -> None:
    case = a_case()
    propose(case)

    triage.reject_refusal(triage.RejectRefusal(case.id, version(case.id), "九十日未到"), by=case.people.head, at=AT + 2 * HOUR)

    assert case.stage() == "lodged"
    assert letters(case, "inside") == ["超过九十日", "Too late", "九十日未到"]
    assert letters(case, "triage") == []


def test_a_ground_that_the_rulebook_does_not_know_is_refused(app: Flask) -> None:
    case = a_case()
    command = triage.ProposeRefusal(case.id, version(case.id), "we-are-busy", Bilingual("忙"))

    with pytest.raises(RefusedError, match="ground of the Measures"):
        triage.propose_refusal(command, by=case.people.officer, at=AT + HOUR)


def test_who_was_asked_to_mediate_decides_nothing_in_the_case(app: Flask) -> None:
    case = a_case("mediation")
    asked = appoint(case, case.people.head)

    with pytest.raises(NotYoursError):
        mediators.replace(
            mediators.ReplaceMediator(case.id, asked, 1, "conflict"), by=case.people.head, at=case.at + HOUR
        )


def test_a_transfer_out_issues_letter_and_notice(app: Flask) -> None:
    case = a_case()
    receiver = Bilingual("市场监督管理局", "Market Regulation")

    triage.transfer_out(
        triage.TransferOut(case.id, version(case.id), receiver, "remit", Bilingual("不属旅游服务")), by=case.people.officer, at=AT + HOUR
    )

    kinds = set(db.session().scalars(select(Document.kind).where(Document.case_id == case.id)))
    assert {"transfer-letter", "transfer-notice"} <= kinds
    assert case.stage() == "transferred"


def offer(case: TheCase, to: UUID) -> UUID:
    command = transfers.OfferTransfer(case.id, version(case.id), to, "territory", Bilingual("合同在邻区签订"))
    return transfers.offer_transfer(command, by=case.people.officer, at=AT + HOUR)


def test_a_body_that_takes_over_becomes_responsible_and_the_sender_reads_nothing_more(app: Flask) -> None:
    case = a_case()
    other = another_body(AT)
    offered = offer(case, other.organisation_id or uuid4())

    transfers.take_over(transfers.TakeOver(case.id, offered, 1), by=other, at=AT + 2 * HOUR)

    assert case_row(case).body_id == other.organisation_id
    with pytest.raises(NotYoursError):
        triage.accept(triage.AcceptComplaint(case.id, version(case.id)), by=case.people.officer, at=AT + 3 * HOUR)
    triage.accept(triage.AcceptComplaint(case.id, version(case.id)), by=other, at=AT + 3 * HOUR)
    assert case.stage() == "accepted"


def test_an_objection_leaves_the_complaint_where_it_was(app: Flask) -> None:
    case = a_case()
    other = another_body(AT)
    offered = offer(case, other.organisation_id or uuid4())

    transfers.object_to_transfer(
        transfers.ObjectToTransfer(case.id, offered, 1, Bilingual("合同在贵区签订")), by=other, at=AT + 2 * HOUR
    )

    assert case.stage(offered) == "objected"
    assert case_row(case).body_id == case.people.body
    assert case.stage() == "lodged"


def superior_over(case: TheCase) -> Actor:
    """The body of the case sits in a district; this officer is of the city above it."""
    with unit_of_work() as session:
        below = session.get_one(Organisation, case.people.body)
        below.level, below.territory = "district", "319900"
    above = another_body(AT)
    with unit_of_work() as session:
        body = session.get_one(Organisation, above.organisation_id)
        body.level, body.territory = "city", "310000"
    return above


def objected(case: TheCase) -> UUID:
    other = another_body(AT)
    offered = offer(case, other.organisation_id or uuid4())
    words = Bilingual("合同在贵区签订")
    transfers.object_to_transfer(transfers.ObjectToTransfer(case.id, offered, 1, words), by=other, at=AT + 2 * HOUR)
    return offered


def test_a_second_objection_goes_to_the_superior_body_which_designates(app: Flask) -> None:
    case = a_case()
    superior = superior_over(case)
    first, third = objected(case), another_body(AT)

    second = objected(case)
    asked = case_row(case).body_id
    decision = transfers.Designate(case.id, second, version(second), third.organisation_id or uuid4(), Bilingual("行程始于该区"))
    with pytest.raises(NotYoursError):
        transfers.designate(decision, by=case.people.officer, at=AT + 3 * HOUR)
    transfers.designate(decision, by=superior, at=AT + 3 * HOUR)

    assert (case.stage(first), case.stage(second), asked) == ("objected", "designated", case.people.body)
    assert case_row(case).body_id == third.organisation_id
    triage.accept(triage.AcceptComplaint(case.id, version(case.id)), by=third, at=AT + 4 * HOUR)
    assert not _reads(superior, case.place(PlaceKind.FILE).id, AT + 4 * HOUR)


def test_the_superior_body_may_leave_the_complaint_where_it_is(app: Flask) -> None:
    case = a_case()
    superior = superior_over(case)
    objected(case)
    second = objected(case)

    transfers.designate(
        transfers.Designate(case.id, second, version(second), case.people.body, Bilingual("由你单位办理")), by=superior, at=AT + 3 * HOUR
    )

    assert case_row(case).body_id == case.people.body
    triage.accept(triage.AcceptComplaint(case.id, version(case.id)), by=case.people.officer, at=AT + 4 * HOUR)
    assert case.stage() == "accepted"


def test_a_decision_of_the_first_body_leaves_the_superior_nothing_to_designate(app: Flask) -> None:
    case = a_case()
    superior = superior_over(case)
    objected(case)
    second = objected(case)
    waiting = case.stage(second)

    triage.accept(triage.AcceptComplaint(case.id, version(case.id)), by=case.people.officer, at=AT + 3 * HOUR)

    assert (waiting, case.stage(second)) == ("referred", "objected")
    assert not _reads(superior, case.place(PlaceKind.FILE).id, AT + 4 * HOUR)


def test_without_a_superior_body_a_second_objection_leaves_it_where_it_was(app: Flask) -> None:
    case = a_case()
    objected(case)

    assert case.stage(objected(case)) == "objected"


def test_a_complaint_is_offered_to_one_body_at_a_time(app: Flask) -> None:
    case = a_case()
    other = another_body(AT)
    offer(case, other.organisation_id or uuid4())

    with pytest.raises(RefusedError, match="already waits"):
        offer(case, other.organisation_id or uuid4())


def test_a_complaint_is_not_accepted_before_every_respondent_is_known(app: Flask) -> None:
    case = a_case()
    unnamed(case)

    with pytest.raises(UnmetNeedError):
        triage.accept(triage.AcceptComplaint(case.id, version(case.id)), by=case.people.officer, at=AT + HOUR)


def test_a_respondent_is_completed_with_a_new_operator_and_a_verified_contact(app: Flask) -> None:
    case = a_case()
    respondent = unnamed(case)
    new = respondents.NewOperator("远山国际旅行社", "企业信用信息公示系统", contacts=(("e-mail", "desk@yuanshan.example"),))

    operator = respondents.enter(
        respondents.EnterRespondent(case.id, respondent, version(respondent), new), by=case.people.officer, at=AT + HOUR
    )
    triage.accept(triage.AcceptComplaint(case.id, version(case.id)), by=case.people.officer, at=AT + 2 * HOUR)

    assert db.session().get_one(Party, respondent).organisation_id == operator
    assert case.stage(respondent) == "awaiting-service"


def test_one_operator_is_a_respondent_of_a_case_once(app: Flask) -> None:
    case = a_case(respondents=2)
    unnamed(case)
    command = respondents.CompleteRespondent(case.id, case.respondent, version(case.respondent), case.people.second_agency)

    with pytest.raises(RefusedError, match="already a respondent"):
        respondents.complete(command, by=case.people.officer, at=AT + HOUR)


def test_two_names_for_one_are_joined_and_the_case_goes_on_with_the_other(app: Flask) -> None:
    case = a_case(respondents=2)
    unnamed(case)
    command = respondents.MergeRespondent(case.id, case.respondent, version(case.respondent), case.respondents[1])

    respondents.merge(command, by=case.people.officer, at=AT + HOUR)
    triage.accept(triage.AcceptComplaint(case.id, version(case.id)), by=case.people.officer, at=AT + 2 * HOUR)

    assert [case.stage(one) for one in case.respondents] == ["withdrawn", "awaiting-service"]


def test_a_respondent_added_by_the_officer_waits_to_be_completed(app: Flask) -> None:
    case = a_case()

    added = respondents.add(respondents.AddRespondent(case.id, "某平台", "platform"), by=case.people.officer, at=AT + HOUR)

    assert (case.stage(added), db.session().get_one(Party, added).number) == ("named", 2)


def test_the_other_bodys_officer_reads_an_offered_case_until_it_objects(app: Flask) -> None:
    case = a_case()
    other = another_body(AT)
    offered = offer(case, other.organisation_id or uuid4())
    place = case.place(PlaceKind.FILE)

    during = _reads(other, place.id, AT + HOUR)
    transfers.object_to_transfer(transfers.ObjectToTransfer(case.id, offered, 1, Bilingual("不同意")), by=other, at=AT + 2 * HOUR)

    assert during
    assert not _reads(other, place.id, AT + 3 * HOUR)


def _reads(actor: Actor, place_id: UUID, at: datetime) -> bool:
    found = select(Place.id).where(Place.id == place_id, readable_places(actor, at))
    return db.session().scalars(found).first() is not None
