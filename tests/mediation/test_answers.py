"""A respondent's people open the letter, answer, and take or leave mediation."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from tests.builders import AT, a_case
from tests.mediation.roads import behind, case_at, hidden_in, later, submit, version
from tourism_odr.cases import items, steps
from tourism_odr.cases.errors import MovedOnError
from tourism_odr.cases.items import Words
from tourism_odr.cases.lifecycle import PlaceKind
from tourism_odr.cases.models import (
    Clock,
    Consent,
    Item,
    ItemText,
    Offer,
    Party,
    Place,
    Power,
    Stand,
    Subject,
    Urge,
)
from tourism_odr.clock import local_day, now
from tourism_odr.db import db, unit_of_work
from tourism_odr.mediation.commands.answers import (
    Answer,
    Reply,
    answer_invitation,
    say_not_our_customer,
    send_answer,
)
from tourism_odr.mediation.models import AnswerDraft
from tourism_odr.mediation.queries.answers import claims_of


def answer_address(case):
    return f"/en/cases/{case.id}/respondents/{case.respondent}/answer"


def typed(case, stand="deny", **more):
    stands = {f"stand-{claim.id}": stand for claim in claims_of(db.session(), case.id)}
    return {**stands, "account": "We changed the hotel for one of the same class.", "consent": "yes", **more}


def picture():
    made = BytesIO()
    Image.new("RGB", (40, 30), "white").save(made, "JPEG")
    made.seek(0)
    return made


def an_answer(case, *, consent=True, offer=None, seen=None):
    stands = {claim.id: "deny" for claim in claims_of(db.session(), case.id)}
    return Answer(case.respondent, seen if seen is not None else version(case.respondent), Words("我方认为", "zh-Hans"),
                  stands, consent=consent, offer=offer)  # fmt: skip


def test_fetching_the_letter_shows_a_button_and_changes_nothing(app, new_client):
    case = case_at("sent")
    client = behind(new_client, case.people.handler, case)

    page = client.get(f"/en/cases/{case.id}/letters/{case.services[0]}/open")

    assert "Open the letter" in page.text
    assert "住宿降级" not in page.text
    assert case.stage(case.services[0]) == "sent"


def test_pressing_the_button_serves_the_letter_and_shows_the_complaint(app, new_client):
    case = case_at("sent")
    client = behind(new_client, case.people.handler, case)

    answer = submit(client, f"/en/cases/{case.id}/letters/{case.services[0]}/open")

    assert answer.status_code == 303
    assert case.stage(case.respondent) == "awaiting-answer"
    assert "住宿降级" in client.get(answer.location).text


def test_the_agency_reads_who_booked_what_and_when_and_no_contact(app, new_client):
    case = case_at("served")
    client = behind(new_client, case.people.handler, case)

    page = client.get(f"/en/cases/{case.id}/respondents/{case.respondent}").get_data(as_text=True)

    assert all(words in page for words in ("林晓彤", "YS-7731", "Thu 1 October 2026", "Mon 5 October 2026"))
    assert "people.example" not in page


def test_before_the_letter_is_opened_the_complaint_does_not_exist_for_the_respondent(app, new_client):
    case = case_at("sent")
    client = behind(new_client, case.people.handler, case)

    page = client.get(f"/en/cases/{case.id}/respondents/{case.respondent}")

    assert page.status_code == 404


def test_the_inbox_shows_an_unopened_letter_without_what_it_is_about(app, new_client):
    case = case_at("sent")
    client = behind(new_client, case.people.handler, case)

    page = client.get("/en/respond")

    assert "Letter to open" in page.text
    assert "¥1,400" not in page.text


def test_the_inbox_sorts_by_the_next_date_and_needs_few_statements(app, new_client, statements):
    case = case_at("served", respondents=2)
    a_case("served", at=case.at, people=case.people)
    client = behind(new_client, case.people.handler, case)
    client.get("/en/respond")
    db.session.remove()
    statements.clear()

    page = client.get("/en/respond")

    dues = re.findall(r'<small><time datetime="([^"]+)"', page.text)
    asked = [line for line in statements if line.lstrip().startswith("SELECT") and "token_hash" not in line]
    assert len(dues) == 2
    assert dues == sorted(dues)
    assert len(asked) <= 6


@pytest.mark.parametrize("tab", ["to-answer", "waiting", "mediation", "sign-pay", "archive"])
def test_an_empty_tab_says_so(app, new_client, tab):
    case = case_at("lodged")
    client = behind(new_client, case.people.owner, case)

    page = client.get(f"/en/respond?tab={tab}")

    assert page.status_code == 200
    assert 'class="empty"' in page.text


def test_an_answer_is_checked_first_and_then_lies_in_the_file_with_stands_consent_and_offer(app, new_client):
    case = case_at("served")
    client = behind(new_client, case.people.handler, case)
    offer = {"offer_amount": "300", "offer_terms": "Within ten days."}

    first = submit(client, answer_address(case), **typed(case, "in-part", files=(picture(), "photo.jpg"), **offer))
    before = case.stage(case.respondent)
    second = submit(client, f"{answer_address(case)}/check", true="y")

    kinds = db.session().scalars(select(Item.kind).where(Item.subject_id == case.respondent)).all()
    assert first.location.endswith("/answer/check")
    assert before == "awaiting-answer"
    assert second.status_code == 303
    assert case.stage(case.respondent) == "mediation"
    assert sorted(kinds) == ["answer", "file"]
    assert db.session().get_one(Party, case.respondent).answer == "in-part"
    assert db.session().scalars(select(Stand.stand)).all() == []
    assert "Refund: ¥1,400 – We admit it in part" in db.session().scalars(
        select(ItemText.body).join(Item).where(Item.kind == items.ANSWER)
    ).one()  # fmt: skip
    assert db.session().scalars(select(Consent.given).where(Consent.party_id == case.respondent)).all() == [True]
    assert db.session().scalars(select(AnswerDraft)).all() == []
    offered = db.session().scalars(select(Offer)).one()
    place = db.session().get_one(Place, db.session().get_one(Subject, offered.id).place_id)
    assert place.kind == PlaceKind.DIRECT


def test_an_answer_without_a_word_on_mediation_is_not_taken_as_consent(app, new_client):
    case = case_at("served")
    client = behind(new_client, case.people.handler, case)

    page = submit(client, answer_address(case), **typed(case, consent=""))

    assert "Silence does not count as consent." in page.text
    assert "We changed the hotel" in page.text
    assert case.stage(case.respondent) == "awaiting-answer"


def test_a_draft_is_its_author_s_alone(app, new_client):
    case = case_at("served")
    handler, owner = (behind(new_client, who, case) for who in (case.people.handler, case.people.owner))

    submit(handler, answer_address(case), account="Half a sentence", save="1")

    assert "Half a sentence" in handler.get(answer_address(case)).text
    assert "Half a sentence" not in owner.get(answer_address(case)).text


def test_of_two_colleagues_who_answer_at_once_one_wins_and_the_other_keeps_every_word(app, new_client):
    case = case_at("served", mediation=False)
    first, second = (behind(new_client, who, case) for who in (case.people.handler, case.people.owner))
    submit(first, answer_address(case), **typed(case))
    submit(second, answer_address(case), **typed(case, account="The second account"))
    check = f"{answer_address(case)}/check"
    open_page = second.get(check)
    submit(first, check, true="y")

    late = second.post(check, data={**hidden_in(open_page), "true": "y"})

    page = second.get(f"/en/cases/{case.id}/respondents/{case.respondent}")
    assert late.status_code == 409
    assert "The second account" in late.text
    assert "We changed the hotel" in page.text
    assert "The second account" in page.text


def test_the_same_version_answers_once(app):
    case = a_case("served")
    seen = version(case.respondent)
    send_answer(an_answer(case, seen=seen, consent=False), by=case.people.handler, at=case.at)

    with pytest.raises(MovedOnError):
        send_answer(an_answer(case, seen=seen, consent=False), by=case.people.owner, at=case.at)

    texts = db.session().scalars(select(ItemText.body).join(Item).where(Item.kind == items.ANSWER)).all()
    assert len(texts) == 1


def test_a_late_answer_is_accepted_asked_why_and_marked(app, new_client):
    case = case_at("served", answer_day=local_day(now() - timedelta(days=1)))
    client = behind(new_client, case.people.handler, case)

    without = submit(client, answer_address(case), **typed(case))
    submit(client, answer_address(case), **typed(case, late_reason="The person in charge was ill."))
    submit(client, f"{answer_address(case)}/check", true="y")

    assert "Say why the answer comes late." in without.text
    assert db.session().get_one(Party, case.respondent).late
    bodies = set(db.session().scalars(select(ItemText.body).join(Item).where(Item.kind == items.ANSWER)))
    assert "The person in charge was ill." in bodies


def test_one_respondent_s_silence_does_not_hold_up_the_other(app):
    case = a_case("served", respondents=2)

    send_answer(an_answer(case), by=case.people.handler, at=case.at)

    running = db.session().scalars(
        select(Clock.subject_id).where(Clock.name == "answer", Clock.status == "running")
    ).all()  # fmt: skip
    assert case.stage(case.respondents[0]) == "mediation"
    assert case.stage(case.respondents[1]) == "awaiting-answer"
    assert running == [case.respondents[1]]


def test_a_respondent_s_page_does_not_exist_for_the_other_respondent(app, new_client):
    case = case_at("served", respondents=2)
    client = behind(new_client, case.people.second_handler, case)

    assert client.get(f"/en/cases/{case.id}/respondents/{case.respondent}").status_code == 404
    assert client.get(answer_address(case)).status_code == 404


def test_not_our_customer_says_why(app):
    case = a_case("served")
    reply = Reply(case.respondent, version(case.respondent), Words("查无此人", "zh-Hans"))

    say_not_our_customer(reply, by=case.people.handler, at=case.at)

    assert case.stage(case.respondent) == "answered"
    assert db.session().get_one(Party, case.respondent).answer == "not-our-customer"


@pytest.mark.parametrize(("accept", "stage"), [(True, "mediation"), (False, "terminated")])
def test_an_invitation_is_taken_or_left_and_what_was_said_is_kept(app, accept, stage):
    case = a_case("answered")
    case.take("respondent.invite", case.people.tourist, case.respondent)

    answer_invitation(case.respondent, version(case.respondent), accept=accept, by=case.people.owner, at=case.at)

    last = select(Consent.given).where(Consent.party_id == case.respondent).order_by(Consent.at.desc())
    assert case.stage(case.respondent) == stage
    assert db.session().scalars(last).first() is accept


def test_a_power_is_filed_with_its_paper_and_counts_once_the_mediator_checked_it(app, new_client):
    case = case_at("mediated")
    handler = behind(new_client, case.people.handler, case)
    mediator = behind(new_client, case.people.mediator, case)
    powers = f"/en/cases/{case.id}/respondents/{case.respondent}/powers"
    data = {"holder": str(case.people.owner.person_id), "kind": "written-power", "scopes": ["settle", "sign"]}

    filed = submit(handler, powers, **data, paper=(picture(), "power.jpg"))
    power = db.session().scalars(select(Power)).one()
    unchecked = power.checked_at
    submit(mediator, f"{powers}/{power.id}/check", sound="yes")

    db.session().expire_all()
    assert filed.status_code == 303
    assert unchecked is None
    assert db.session().get_one(Power, power.id).checked_by == case.people.mediator.person_id
    assert "Checked" in handler.get(powers).text


def test_a_power_without_its_paper_is_not_filed(app, new_client):
    case = case_at("served")
    handler = behind(new_client, case.people.handler, case)

    page = submit(handler, f"/en/cases/{case.id}/respondents/{case.respondent}/powers", kind="written-power")

    assert "Add a photo or a scan of the paper." in page.text
    assert db.session().scalars(select(Power)).all() == []


def test_what_is_denied_or_admitted_is_a_stand_on_each_point(app):
    case = a_case("served")

    send_answer(an_answer(case), by=case.people.handler, at=case.at)

    assert db.session().scalars(select(Stand.stand)).all() == ["deny", "deny"]
    assert db.session().get_one(Party, case.respondent).answer == "deny"


def test_an_urging_is_replied_to_with_words_that_the_body_reads(app, new_client):
    case = case_at("served")
    urged = urging(case)
    client = behind(new_client, case.people.handler, case)

    done = submit(client, f"/en/cases/{case.id}/urgings/{urged}/reply", words="We called the tourist today.")

    db.session().expire_all()
    reply = db.session().get_one(Urge, urged).reply_id
    assert done.status_code == 303
    assert case.stage(urged) == "replied"
    assert db.session().get_one(ItemText, reply).body == "We called the tourist today."


def urging(case):
    """The head urges the first respondent."""
    with unit_of_work() as session:
        steps.lock(session, case.id)
        place, people = case.place(PlaceKind.FILE), case.people
        order = items.add_item(
            session, place, items.LETTER, by=people.officer, at=case.at, words=Words("请尽快联系游客", "zh-Hans")
        )
        subject = steps.begin(session, case.id, "urge", place, case.at, desk=people.agency)
        session.add(Urge(id=subject.id, case_id=case.id, party_id=case.respondent, due_day=later(3), order_id=order.id))
        session.flush()
        steps.take(subject.id, "urge.propose", by=people.officer, at=case.at)
        steps.take(subject.id, "urge.approve", by=people.head, at=case.at, seen=subject.version)
        return subject.id


def test_the_day_of_the_builders_is_not_this_day():
    assert now() > AT
