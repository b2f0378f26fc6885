"""What follows the last signature: the mediator signs, the body issues, the others go on among themselves."""

import pytest
from sqlalchemy import select

from tests.builders import give_power
from tests.mediation.roads import behind, case_at, payment, sign, signed, submit, version
from tests.mediation.test_agreements import page_of, reads, text_of
from tourism_odr.cases.errors import UnmetNeedError
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.models import Case, Document
from tourism_odr.clock import now
from tourism_odr.db import db
from tourism_odr.mediation.commands import agreements as commands
from tourism_odr.mediation.commands import clauses
from tourism_odr.oversight.commands import sign_authority, sign_document
from tourism_odr.people.models import Organisation


def papers_of(case):
    rows = select(Document).where(Document.subject_id == case.agreement)
    return list(db.session().scalars(rows.execution_options(populate_existing=True)))


def test_the_mediator_signs_after_the_parties_and_the_date_of_effect_stays(app):
    case = case_at("mediated")
    signed(case)
    effect = text_of(case.agreement).effect_at

    commands.countersign_agreement(case.agreement, by=case.people.mediator, at=now())

    (paper,) = papers_of(case)
    assert (paper.kind, paper.status, paper.number) == ("agreement", "draft", None)
    assert [line["part"] for line in paper.data["signatures"]] == ["complainant", "respondent", "mediator"]
    assert (text_of(case.agreement).effect_at, paper.data["effect"]) == (effect, "last-signature")
    with pytest.raises(UnmetNeedError):
        commands.countersign_agreement(case.agreement, by=case.people.mediator, at=now())


def test_the_head_signs_the_body_s_document_and_everybody_concerned_gets_it(app, new_client):
    case = case_at("mediated")
    signed(case)
    commands.countersign_agreement(case.agreement, by=case.people.mediator, at=now())
    (paper,) = papers_of(case)

    sign_document(case.id, paper.id, by=case.people.head, at=now())

    (paper,) = papers_of(case)
    assert (paper.status, paper.signer_id) == ("issued", case.people.head.person_id)
    assert "调字" in paper.number
    for who in (case.people.tourist, case.people.handler, case.people.mediator, case.people.officer):
        assert paper.number in behind(new_client, who, case).get(page_of(case, case.agreement)).text


def test_a_standing_authority_lets_the_document_leave_with_the_mediator_s_signature(app):
    case = case_at("mediated")
    sign_authority("agreement", by=case.people.head, at=case.at)
    signed(case)

    commands.countersign_agreement(case.agreement, by=case.people.mediator, at=now())

    assert [paper.status for paper in papers_of(case)] == ["issued"]


def test_the_mediator_is_asked_to_sign_on_the_page(app, new_client):
    case = case_at("mediated")
    signed(case)
    mediator = behind(new_client, case.people.mediator, case)

    asked = mediator.get(page_of(case, case.agreement)).text
    done = submit(mediator, page_of(case, case.agreement, "/countersign"))

    assert "Every party has signed. The supervising body issues its document after you." in asked
    assert done.status_code == 303
    assert "waits for the signature of the supervising body" in mediator.get(done.location).text


def test_a_signer_does_not_read_what_the_others_go_on_to_say(app, new_client):
    case = case_at("mediated", respondents=2)
    by, at = case.people.mediator, case.at
    room = case.place(PlaceKind.JOINT)
    made = commands.draft_agreement(commands.DraftAgreement(case.id, (case.respondent,)), by=by, at=at)
    clauses.put_clause(clauses.Draft(made, version(made), "payment", "", payment(case)), by=by, at=at)
    commands.lock_agreement(made, version(made), by=by, at=at)
    give_power(case, case.respondent, case.people.handler)

    sign(case, made, case.people.tourist, 1)
    sign(case, made, case.people.handler, 2)

    signer = behind(new_client, case.people.handler, case)
    assert signer.get(f"/en/cases/{case.id}/rooms/{room.id}").status_code == 404
    assert signer.get(page_of(case, made)).status_code == 200
    assert signer.get(f"/en/cases/{case.id}/payments").status_code == 200
    assert reads(room, case.people.second_handler, now())


def test_a_contract_of_the_sides_alone_is_no_document_of_the_body(app, new_client):
    case = case_at("answered")
    by, people = case.people.handler, case.people
    made = commands.draft_agreement(commands.DraftAgreement(case.id, (case.respondent,)), by=by, at=case.at)
    clauses.put_clause(clauses.Draft(made, version(made), "apology", "致歉"), by=by, at=case.at)
    commands.lock_agreement(made, version(made), by=by, at=case.at)
    give_power(case, case.respondent, by)

    sign(case, made, people.tourist, 1)
    sign(case, made, by, 2)

    case.agreement = made
    (paper,) = papers_of(case)
    body = db.session().get_one(Organisation, people.body)
    number = db.session().get_one(Case, case.id).number
    assert (paper.kind, paper.status, paper.number) == ("settlement", "issued", f"{number}和1号")
    assert (paper.data["issuer"]["zh"], paper.data["form"], paper.data["joint_application"]) == ("", "settlement", False)
    assert body.name not in str(paper.data)
    assert paper.number in behind(new_client, people.tourist, case).get(page_of(case, made)).text
