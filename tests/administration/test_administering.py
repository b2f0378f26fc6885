"""Administrators through their pages and commands: organisations, people, register, outbox, clocks, audit."""

from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from tests import builders
from tests.signing_in import sign_in
from tests.submitting import submit
from tourism_odr.administration import commands
from tourism_odr.administration.models import AdministrativeAct
from tourism_odr.cases.errors import NotYoursError
from tourism_odr.cases.models import BodySetting, Clock, ItemText, Notice
from tourism_odr.clock import local_day, now
from tourism_odr.db import db, unit_of_work
from tourism_odr.people import organisations, sessions
from tourism_odr.people.models import Invitation, Membership, Organisation, OrganisationKind, Person
from tourism_odr.people.refusal import RefusedError
from tourism_odr.people.register import uscc_check

BASE = "/en/administration"
PAGES = (
    "", "/organisations", "/organisations/new", "/people", "/people/invite", "/register", "/outbox", "/jobs",
    "/rules", "/rulebooks", "/rulebooks/confirm", "/calendars", "/audit", "/audit?view=acts", "/audit?view=denials", "/settings",
)  # fmt: skip


def recent(stage="served"):
    return builders.a_case(stage, at=now() - timedelta(hours=12))


def acts():
    return list(db.session().scalars(select(AdministrativeAct.code).order_by(AdministrativeAct.at)))


def code(first="91310000MA1FAKE01"):
    return first + uscc_check(first)


def a_file(*rows):
    lines = ["name,uscc,email", *rows]
    return (BytesIO("\n".join(lines).encode()), "register.csv")


def typed_import(act, *rows):
    day = local_day(now())
    parts = {"day-year": day.year, "day-month": day.month, "day-day": day.day}
    return {"files": a_file(*rows), "source": "Demo register", "act": act, **parts}


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("locale", ["zh-Hans", "en"])
def test_every_page_stands_for_the_administrator_in_both_languages(app, client, path, locale):
    case = recent()
    sign_in(client, case.people.admin)

    assert client.get(f"/{locale}/administration{path}").status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_no_page_here_is_for_anybody_else(app, client, path):
    case = recent()
    sign_in(client, case.people.head)

    assert client.get(f"{BASE}{path}").status_code == 404


def test_the_administrator_meets_no_content_of_a_case(app, client):
    case = recent("mediated")
    words = db.session().scalars(select(ItemText.body)).all()
    sign_in(client, case.people.admin)

    shown = "".join(client.get(f"{BASE}{path}").text for path in PAGES)

    assert words
    assert not [body for body in words if body in shown]
    assert client.get(f"/en/supervision/cases/{case.id}/urge").status_code == 404


def test_a_body_is_added_with_territory_and_level_and_changed(app, client):
    case = recent()
    sign_in(client, case.people.admin)
    typed = {
        "kind": "supervising-body",
        "name": "示范区文旅局",
        "name_en": "Sample District",
        "code": "示文旅",
        "territory": "310106",
        "level": "district",
    }

    added = submit(client, f"{BASE}/organisations/new", typed)
    row = db.session().scalars(select(Organisation).where(Organisation.code == "示文旅")).one()
    changed = submit(client, f"{BASE}/organisations/{row.id}/change", {**typed, "name": "示范区文化和旅游局"})

    assert added.status_code == changed.status_code == 303
    assert db.session().get_one(Organisation, row.id, populate_existing=True).name == "示范区文化和旅游局"
    assert acts() == ["organisation.add", "organisation.change"]


def test_a_body_without_territory_is_refused_and_what_was_typed_stays(app, client):
    sign_in(client, recent().people.admin)

    page = submit(
        client, f"{BASE}/organisations/new", {"kind": "supervising-body", "name": "示范局", "territory": ""}
    )

    assert "Enter the territory of the body." in page.text
    assert "示范局" in page.text


def test_two_organisations_never_number_their_documents_alike(app):
    people = recent().people
    taken = db.session().get_one(Organisation, people.body).code
    data = commands.OrganisationData(OrganisationKind.COURT, "示范法院", "", taken, "", "")

    with pytest.raises(RefusedError):
        commands.add_organisation(data, by=people.admin, at=now())


def test_a_deactivated_body_signs_its_people_out(app, client, new_client):
    people = recent().people
    officer = sign_in(new_client(), people.officer)
    assert officer.get("/en/supervision").status_code == 200
    sign_in(client, people.admin)

    submit(client, f"{BASE}/organisations/{people.body}/deactivate", {"ground": "Merged into another body."})

    assert officer.get("/en/supervision").status_code == 303
    assert "Merged into another body." in client.get(f"{BASE}/audit?view=acts").text


def test_day_45_is_set_with_its_ground_and_the_earlier_choice_is_kept(app, client):
    people = recent().people
    sign_in(client, people.admin)
    address = f"{BASE}/organisations/{people.body}/day-45"

    without = submit(client, address, {"value": "goes-on", "ground": ""})
    submit(client, address, {"value": "goes-on", "ground": "Decision 3 of the city."})
    submit(client, address, {"value": "ends", "ground": "Decision 4 of the city."})

    rows = db.session().scalars(select(BodySetting).order_by(BodySetting.until.is_(None))).all()
    assert "Write why." in without.text
    assert [(row.value, row.until is None) for row in rows] == [
        ("case.note-day-45", False),
        ("case.run-out", True),
    ]
    assert "Decision 3 of the city." in client.get(f"{BASE}/organisations/{people.body}").text


def test_an_invitation_leaves_by_mail_and_its_secret_stands_nowhere(app, client):
    people = recent().people
    sign_in(client, people.admin)
    typed = {
        "organisation": str(people.body),
        "role": "duty-officer",
        "name": "新同事",
        "email": "new@people.example",
        "locale": "zh-Hans",
    }

    sent = submit(client, f"{BASE}/people/invite", typed)

    assert sent.status_code == 303
    notice = db.session().scalars(select(Notice).where(Notice.template == "_other/invitation")).one()
    assert set(notice.params) == {"sealed_secret"}
    invitation = db.session().scalars(select(Invitation)).one()
    assert client.get(f"{BASE}/people/{invitation.person_id}").status_code == 200
    assert acts() == ["person.invite"]


def test_nobody_is_invited_to_a_role_that_the_organisation_does_not_have(app, client):
    people = recent().people
    sign_in(client, people.admin)
    typed = {
        "organisation": str(people.body),
        "role": "judge",
        "name": "某人",
        "email": "a@people.example",
        "locale": "en",
    }

    page = submit(client, f"{BASE}/people/invite", typed)

    assert "There is no such role in this organisation." in page.text


def test_suspending_somebody_ends_their_sessions_at_once(app, client, new_client):
    people = recent().people
    officer = sign_in(new_client(), people.officer)
    sign_in(client, people.admin)
    address = f"{BASE}/people/{people.officer.person_id}"

    submit(client, f"{address}/suspend", {"ground": "Left the office."})

    assert officer.get("/en/supervision").status_code == 303
    assert "Suspended" in client.get(address).text
    submit(client, f"{address}/reinstate", {"ground": "Came back."})
    assert db.session().get_one(Person, people.officer.person_id, populate_existing=True).suspended is None


def test_ending_sessions_and_a_role_needs_a_reason_and_leaves_a_trail(app, client):
    people = recent().people
    person = people.officer.person_id
    with unit_of_work():
        sessions.open_session(person, now())
    membership = db.session().scalars(select(Membership.id).where(Membership.person_id == person)).one()
    sign_in(client, people.admin)

    refused = submit(client, f"{BASE}/people/{person}/end-sessions", {"ground": ""})
    submit(client, f"{BASE}/people/{person}/end-sessions", {"ground": "Lost laptop."})
    submit(client, f"{BASE}/people/{person}/roles/{membership}/end", {"ground": "Moved on."})

    assert "Write why." in refused.text
    assert sessions.open_sessions(person, now()) == []
    assert organisations.memberships_of(person, now()) == []
    assert acts() == ["session.end", "role.end"]


def test_the_service_keeps_its_last_administrator(app):
    admin = recent().people.admin

    with pytest.raises(RefusedError):
        commands.suspend(admin.person_id, "A mistake.", by=admin, at=now())


def test_a_tourist_is_no_account_that_an_administrator_opens(app, client):
    people = recent().people
    sign_in(client, people.admin)

    assert client.get(f"{BASE}/people/{people.tourist.person_id}").status_code == 404


def test_a_register_file_is_tried_before_it_changes_anything(app, client):
    sign_in(client, recent().people.admin)
    good, bad = f"新程旅行社,{code()},new@agency.example", "无码旅行社,123,"

    tried = submit(client, f"{BASE}/register", typed_import("try", good, bad))

    assert "This is no valid unified social credit code." in tried.text
    assert "Nothing is changed yet." in tried.text
    assert organisations.search_operators("新程") == []

    done = submit(client, f"{BASE}/register", typed_import("import", good, bad))

    assert "What the import did" in done.text
    assert [row.name for row in organisations.search_operators("新程")] == ["新程旅行社"]
    assert acts() == ["register.import"]


def test_a_failed_notice_is_tried_again(app, client):
    case = recent()
    with unit_of_work() as session:
        notice = session.scalars(select(Notice)).first()
        notice.status, notice.error, kept = "failed", "550 no such mailbox", notice.id
    sign_in(client, case.people.admin)

    shown = client.get(f"{BASE}/outbox?box=failed")
    submit(client, f"{BASE}/outbox?box=failed", {}, to=f"{BASE}/outbox/{kept}/again")

    assert "550 no such mailbox" in shown.text
    assert db.session().get_one(Notice, kept, populate_existing=True).status == "waiting"
    assert acts() == ["notice.again"]


def test_a_letter_that_came_back_fails_the_service(app, client):
    case = recent("sent")
    with unit_of_work() as session:
        notice = session.scalars(select(Notice).where(Notice.template == "service/send/respondent")).one()
        notice.status, notice.sent_at, kept = "sent", now(), notice.id
    sign_in(client, case.people.admin)

    submit(client, f"{BASE}/outbox?box=sent", {}, to=f"{BASE}/outbox/{kept}/bounced")

    assert case.stage(case.services[0]) == "failed"
    assert acts() == ["notice.bounce"]


def test_a_time_limit_that_stands_still_runs_again_with_its_reason_in_the_trail(app, client):
    case = recent()
    with unit_of_work() as session:
        clock = session.scalars(select(Clock).where(Clock.case_id == case.id, Clock.name == "answer")).one()
        clock.status, clock.reason, kept = "blocked", "not certain enough", clock.id
    sign_in(client, case.people.admin)

    shown = client.get(f"{BASE}/jobs")
    submit(client, f"{BASE}/clocks/{kept}/resume", {"ground": "The officer set the day."})

    assert "not certain enough" in shown.text
    assert db.session().get_one(Clock, kept, populate_existing=True).status == "running"
    assert db.session().scalars(select(AdministrativeAct.ground)).one() == "The officer set the day."


def test_the_audit_shows_lines_without_content_and_checks_a_chain(app, client):
    case = recent("answered")
    number = builders.case_row(case).number
    sign_in(client, case.people.admin)

    listed = client.get(f"{BASE}/audit?number={number}&step=case.accept")
    checked = submit(client, f"{BASE}/audit", {"number": number})
    unknown = submit(client, f"{BASE}/audit", {"number": "XX-0"})

    assert "The complaint was accepted" in listed.text
    assert "is whole" in checked.text
    assert "There is no case with this number." in unknown.text
    assert acts() == ["audit.verify"]


def test_secrets_are_not_shown_among_the_settings(app, client):
    sign_in(client, recent().people.admin)
    settings = app.extensions["odr_settings"]

    page = client.get(f"{BASE}/settings").text

    assert settings.secret_key not in page
    assert settings.database_url not in page
    assert settings.base_url in page


def test_weak_rules_are_marked(app, client):
    sign_in(client, recent().people.admin)

    page = client.get(f"{BASE}/rules?on=2026-10-01").text

    assert "Warns and shows, but harms nobody" in page
    assert "House rule, not set by law" in page


def test_only_an_administrator_acts_here(app):
    people = recent().people

    with pytest.raises(NotYoursError):
        commands.suspend(people.officer.person_id, "No.", by=people.head, at=now())

    assert db.session().get_one(Person, people.officer.person_id, populate_existing=True).suspended is None


@pytest.mark.parametrize(
    "change", ["UPDATE administrative_act SET ground = ''", "DELETE FROM administrative_act"]
)
def test_the_trail_is_neither_changed_nor_removed(app, change):
    people = recent().people
    commands.end_sessions(people.officer.person_id, "Check.", by=people.admin, at=now())

    with pytest.raises(DatabaseError, match="only added to"), unit_of_work() as session:
        session.execute(text(change))
