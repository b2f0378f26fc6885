"""Agreements: clauses that are whole, one text for all, signatures that bind to it."""

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import select

from tests.builders import a_case, answer, complainant, give_power, offer
from tests.mediation.roads import (
    behind,
    case_at,
    drafted,
    limit_power,
    locked,
    payment,
    sign,
    signed,
    submit,
    version,
)
from tests.referral.roster import listed
from tourism_odr.cases import steps
from tourism_odr.cases.audience import readable_places
from tourism_odr.cases.errors import MovedOnError, NotYoursError, UnmetNeedError
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.models import (
    Agreement,
    Clause,
    Document,
    PendingStep,
    Place,
    Power,
    Signature,
    Subject,
)
from tourism_odr.clock import now
from tourism_odr.db import db, unit_of_work
from tourism_odr.mediation.commands import agreements as commands
from tourism_odr.mediation.commands import clauses
from tourism_odr.people.refusal import RefusedError


def text_of(agreement):
    return db.session().get_one(Agreement, agreement, populate_existing=True)


def kinds_of(agreement):
    return list(db.session().scalars(select(Clause.kind).where(Clause.agreement_id == agreement).order_by(Clause.number)))


def page_of(case, agreement, more=""):
    return f"/en/cases/{case.id}/agreements/{agreement}{more}"


def reads(place, actor, at):
    wanted = select(Place.id).where(Place.id == place.id, readable_places(actor, at))
    return db.session().scalars(wanted).first() is not None


def test_the_mediator_s_text_lies_with_those_who_sign_it_and_their_mediator(app):
    case = case_at("mediated", respondents=2)
    people, at = case.people, now()
    made = commands.draft_agreement(commands.DraftAgreement(case.id, (case.respondent,)), by=people.mediator, at=case.at)

    place = db.session().get_one(Place, db.session().get_one(Subject, made).place_id)
    first = [reads(place, one, at) for one in (people.tourist, people.handler, people.mediator, people.second_handler)]
    commands.choose_signers(made, tuple(case.respondents), version(made), by=people.mediator, at=case.at)
    joined = reads(place, people.second_handler, at)
    commands.choose_signers(made, (case.respondent,), version(made), by=people.mediator, at=case.at)

    assert first == [True, True, True, False]
    assert joined
    assert not reads(place, people.second_handler, at)
    assert not reads(place, people.officer, at)


def test_the_mediator_s_text_is_signed_by_tourist_and_respondent(app):
    case = case_at("mediated")

    made = drafted(case)

    place = db.session().get_one(Place, db.session().get_one(Subject, made).place_id)
    signers = set(db.session().scalars(select(Signature.party_id).where(Signature.agreement_id == made)))
    assert place.kind == PlaceKind.AGREEMENT
    assert text_of(made).path == "mediated"
    assert signers == {complainant(db.session(), case), case.respondent}


def test_an_accepted_offer_fills_the_first_clause(app):
    case = case_at("mediated")
    listed(case.people.body)
    offered = offer(case, Decimal("900"))
    case.take("offer.accept", case.people.tourist, offered, papers={"code_checked": True})

    with unit_of_work() as session:
        steps.finalise(session.scalars(select(PendingStep)).one(), case.at)

    made = commands.draft_agreement(
        commands.DraftAgreement(case.id, (case.respondent,), offered), by=case.people.mediator, at=case.at
    )

    first = db.session().scalars(select(Clause).where(Clause.agreement_id == made)).one()
    assert (first.kind, first.amount, first.payer_id) == ("payment", Decimal("900"), case.respondent)
    assert text_of(made).joint_confirmation


def test_a_joint_application_is_proposed_when_money_is_not_paid_on_the_spot(app):
    case = case_at("mediated")
    listed(case.people.body)

    later_paid = drafted(case)
    on_the_spot = drafted(case, replace(payment(case), method="cash"))

    assert text_of(later_paid).joint_confirmation
    assert not text_of(on_the_spot).joint_confirmation


def test_clauses_change_places_and_leave_without_gaps(app):
    case = case_at("mediated")
    made = drafted(case)
    by, at = case.people.mediator, case.at
    clauses.put_clause(clauses.Draft(made, version(made), "release", "两清"), by=by, at=at)
    ids = list(db.session().scalars(select(Clause.id).where(Clause.agreement_id == made).order_by(Clause.number)))

    clauses.move_clause(made, ids[2], True, version(made), by=by, at=at)
    moved = kinds_of(made)
    clauses.remove_clause(made, ids[0], version(made), by=by, at=at)

    assert moved == ["payment", "release", "apology"]
    assert kinds_of(made) == ["release", "apology"]
    assert set(db.session().scalars(select(Clause.number).where(Clause.agreement_id == made))) == {1, 2}


def test_two_who_change_a_text_at_once_do_not_overwrite_each_other(app):
    case = case_at("mediated")
    made = drafted(case)
    seen = version(made)
    clauses.put_clause(clauses.Draft(made, seen, "other", "一"), by=case.people.mediator, at=case.at)

    with pytest.raises(MovedOnError):
        clauses.put_clause(clauses.Draft(made, seen, "other", "二"), by=case.people.handler, at=case.at)


def test_each_part_that_a_payment_lacks_is_said_beside_its_field(app, new_client):
    case = case_at("mediated")
    made = drafted(case)
    client = behind(new_client, case.people.mediator, case)

    page = submit(client, page_of(case, made, "/clauses/new"), kind="payment")

    for sentence in ("Choose who pays.", "Choose who receives the money.", "Enter the amount.",
                     "Enter the day by which it is paid.", "Choose how it is paid.",
                     "Say what follows when it is not paid in time."):  # fmt: skip
        assert f"{sentence}</p>" in page.text
    assert kinds_of(made) == ["payment", "apology"]


def test_nobody_pays_who_does_not_sign(app):
    case = case_at("mediated", respondents=2)
    made = commands.draft_agreement(
        commands.DraftAgreement(case.id, (case.respondents[0],)), by=case.people.mediator, at=case.at
    )
    stranger = payment(case, payer=case.respondents[1])

    with pytest.raises(RefusedError):
        clauses.put_clause(clauses.Draft(made, version(made), "payment", "", stranger), by=case.people.mediator, at=case.at)


def test_an_empty_text_is_not_sent(app):
    case = case_at("mediated")
    made = commands.draft_agreement(
        commands.DraftAgreement(case.id, (case.respondent,)), by=case.people.mediator, at=case.at
    )

    with pytest.raises(UnmetNeedError):
        commands.lock_agreement(made, version(made), by=case.people.mediator, at=case.at)


def test_a_text_that_was_sent_is_not_changed_any_more(app):
    case = case_at("mediated")
    made = locked(case)

    with pytest.raises(MovedOnError):
        clauses.put_clause(clauses.Draft(made, version(made), "other", "再加一条"), by=case.people.mediator, at=case.at)


def test_the_last_signature_closes_everything_by_the_table(app):
    case = case_at("mediated")

    payments = signed(case)

    papers = db.session().scalars(select(Document.status).where(Document.subject_id == case.agreement)).all()
    assert case.stage(case.agreement) == "signed"
    assert case.stage(case.respondent) == "agreed"
    assert case.stage() == "closed"
    assert [case.stage(one) for one in payments] == ["due"]
    assert papers == []
    assert text_of(case.agreement).effect_at is not None


def test_an_agreement_binds_its_signers_only(app):
    case = case_at("mediated", respondents=2)
    by, at = case.people.mediator, case.at
    made = commands.draft_agreement(commands.DraftAgreement(case.id, (case.respondents[0],)), by=by, at=at)
    clauses.put_clause(clauses.Draft(made, version(made), "payment", "", payment(case)), by=by, at=at)
    commands.lock_agreement(made, version(made), by=by, at=at)
    give_power(case, case.respondent, case.people.handler)

    sign(case, made, case.people.tourist, 1)
    sign(case, made, case.people.handler, 2)

    assert case.stage(case.respondents[0]) == "agreed"
    assert case.stage(case.respondents[1]) == "mediation"
    assert case.stage() != "closed"


def test_a_silent_respondent_does_not_stop_the_other_from_signing(app):
    case = a_case("served", respondents=2)
    answer(case, case.respondent, consent=False)
    made = commands.draft_agreement(
        commands.DraftAgreement(case.id, (case.respondent,)), by=case.people.tourist, at=case.at
    )
    clauses.put_clause(clauses.Draft(made, version(made), "apology", "致歉"), by=case.people.tourist, at=case.at)
    commands.lock_agreement(made, version(made), by=case.people.handler, at=case.at)
    give_power(case, case.respondent, case.people.handler)

    sign(case, made, case.people.tourist, 1)
    sign(case, made, case.people.handler, 2)

    assert text_of(made).path == "parties"
    assert case.stage(made) == "performed"
    assert case.stage(case.respondents[1]) == "awaiting-answer"


def test_nobody_signs_twice(app):
    case = case_at("mediated")
    made = locked(case)
    sign(case, made, case.people.tourist)

    with pytest.raises(UnmetNeedError):
        sign(case, made, case.people.tourist, 8)


def test_a_colleague_does_not_sign_a_second_time_for_the_same_side(app):
    case = case_at("mediated", respondents=2)
    made = locked(case)
    sign(case, made, case.people.handler)
    give_power(case, case.respondent, case.people.owner)

    with pytest.raises(UnmetNeedError):
        sign(case, made, case.people.owner, 8)


def test_nobody_signs_for_the_other_side(app):
    case = case_at("mediated", respondents=2)
    made = commands.draft_agreement(
        commands.DraftAgreement(case.id, (case.respondents[0],)), by=case.people.mediator, at=case.at
    )
    clauses.put_clause(clauses.Draft(made, version(made), "apology", "致歉"), by=case.people.mediator, at=case.at)
    commands.lock_agreement(made, version(made), by=case.people.mediator, at=case.at)
    give_power(case, case.respondents[1], case.people.second_handler)

    with pytest.raises(NotYoursError):
        sign(case, made, case.people.second_handler)
    with pytest.raises(NotYoursError):
        sign(case, made, case.people.mediator)


def test_nobody_signs_without_a_checked_power(app):
    case = case_at("mediated")
    made = locked(case)

    with pytest.raises(UnmetNeedError):
        sign(case, made, case.people.owner)


def test_nobody_signs_above_the_limit_of_the_power(app):
    case = case_at("mediated")
    made = locked(case)
    limit_power(case.respondent, "799.99")

    with pytest.raises(RefusedError):
        sign(case, made, case.people.handler)


def test_a_power_to_answer_without_limit_does_not_lift_the_limit_of_the_power_to_settle(app):
    case = case_at("mediated")
    made = locked(case)
    limit_power(case.respondent, "799.99")
    give_power(case, case.respondent, case.people.handler)
    with unit_of_work() as session:
        session.scalars(select(Power).where(Power.limit.is_(None))).one().scopes = ["answer"]

    with pytest.raises(RefusedError):
        sign(case, made, case.people.handler)


def test_an_altered_text_is_not_signed(app):
    case = case_at("mediated")
    made = locked(case)
    with unit_of_work() as session:
        session.scalars(select(Clause).where(Clause.agreement_id == made, Clause.kind == "payment")).one().amount = Decimal(8)

    with pytest.raises(RefusedError):
        sign(case, made, case.people.tourist)


def test_whoever_read_an_older_text_signs_nothing(app):
    case = case_at("mediated")
    made = locked(case)

    with pytest.raises(RefusedError):
        sign(case, made, case.people.tourist, digest="0" * 64)


def test_reopening_makes_a_new_edition_and_clears_the_signatures(app):
    case = case_at("mediated")
    made = locked(case)
    sign(case, made, case.people.tourist)

    commands.unlock_agreement(made, version(made), by=case.people.mediator, at=case.at)

    given = db.session().scalars(select(Signature.signed_at).where(Signature.agreement_id == made)).all()
    assert text_of(made).edition == 2
    assert text_of(made).digest is None
    assert given == [None, None]


def test_a_signature_is_taken_back_until_the_last_has_signed(app):
    case = case_at("mediated")
    made = locked(case)
    sign(case, made, case.people.tourist)
    commands.take_back(made, version(made), by=case.people.tourist, at=case.at)
    sign(case, made, case.people.tourist, 8)
    sign(case, made, case.people.handler, 9)

    with pytest.raises(MovedOnError):
        commands.take_back(made, version(made), by=case.people.tourist, at=case.at)


def test_who_came_by_link_signs_only_with_a_code(app, new_client):
    case = case_at("mediated")
    made = locked(case)
    client = behind(new_client, case.people.tourist, case)
    ticks = dict.fromkeys(("read", "free", "binds", "effect"), "y")

    page = submit(client, page_of(case, made, "/sign"), **ticks)

    assert "Enter the code that was sent to you, or your printed recovery code." in page.text
    assert case.stage(made) == "locked"


def test_a_handler_reads_the_whole_text_in_both_languages_ticks_and_signs(app, new_client):
    case = case_at("mediated")
    made = locked(case)
    client = behind(new_client, case.people.handler, case)
    ticks = dict.fromkeys(("read", "free", "binds", "effect"), "y")

    shown = client.get(page_of(case, made, "/sign"))
    without = submit(client, page_of(case, made, "/sign"), read="y")
    done = submit(client, page_of(case, made, "/sign"), **ticks)

    assert "每日万分之五" in shown.text
    assert 'lang="zh-Hans"' in shown.text
    assert "Tick that it binds" in without.text or "Tick that you know that it binds." in without.text
    assert done.status_code == 303
    assert "Signed" in client.get(done.location).text


def test_the_two_sides_alone_are_told_that_no_court_confirms_their_contract(app, new_client):
    case = case_at("answered")
    client = behind(new_client, case.people.handler, case)
    begun = submit(client, f"/en/cases/{case.id}/agreements/draft", respondents=str(case.respondent))
    made = db.session().scalars(select(Agreement.id)).one()
    clauses.put_clause(clauses.Draft(made, version(made), "apology", "致歉"), by=case.people.handler, at=case.at)
    commands.lock_agreement(made, version(made), by=case.people.handler, at=case.at)

    page = client.get(page_of(case, made, "/sign"))

    place = db.session().get_one(Place, db.session().get_one(Subject, made).place_id)
    assert begun.status_code == 303
    assert place.kind == PlaceKind.DIRECT
    assert "No court confirms this contract" in page.text
    assert "agree to mediation" in page.text
