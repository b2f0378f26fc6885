"""A draft loses nothing, shows nothing to others, and does not outlive its time."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.intake.conftest import Rows
from tests.intake.tourist import ANSWERS, AT, fill, hidden
from tests.pages import PageClient
from tourism_odr.db import db
from tourism_odr.intake.commands.drafts import PageWritten, WrittenElsewhereError, discard, save_page
from tourism_odr.intake.models import Draft
from tourism_odr.intake.purge import purge_drafts
from tourism_odr.intake.queries.drafts import open_draft

STORY = {"story": ["We waited four hours."]}


def test_a_draft_opens_with_its_secret_only_and_the_database_holds_no_word_of_it(app: Flask) -> None:
    secret = save_page(None, PageWritten("story", STORY), AT)

    row = db.session.scalars(select(Draft)).one()
    assert secret.encode() not in row.secret_hash + row.sealed
    assert b"four hours" not in row.sealed
    assert open_draft("another secret") is None
    opened = open_draft(secret)
    assert opened is not None
    assert opened.page("story").typed == STORY


def test_two_tabs_never_overwrite_each_other_silently(app: Flask) -> None:
    secret = save_page(None, PageWritten("story", STORY, tab="a", seen=0), AT)

    with pytest.raises(WrittenElsewhereError):
        save_page(secret, PageWritten("story", {"story": ["Other words."]}, tab="b", seen=0), AT)

    opened = open_draft(secret)
    assert opened is not None
    assert opened.page("story").typed == STORY


def test_one_tab_may_save_as_often_as_it_likes(app: Flask) -> None:
    secret = save_page(None, PageWritten("story", STORY, tab="a", seen=0), AT)

    save_page(secret, PageWritten("story", {"story": ["More."]}, tab="a", seen=0, done=False), AT)

    opened = open_draft(secret)
    assert opened is not None
    assert (opened.page("story").typed, opened.page("story").done) == ({"story": ["More."]}, True)


def test_a_draft_is_erased_when_its_time_has_run_and_not_before(app: Flask) -> None:
    save_page(None, PageWritten("story", STORY), AT)

    kept = purge_drafts(AT + timedelta(days=30))
    gone = purge_drafts(AT + timedelta(days=32))

    assert (kept, gone) == (0, 1)
    assert db.session.scalar(select(func.count(Draft.id))) == 0


def test_a_draft_is_erased_at_once_when_its_writer_wishes(app: Flask) -> None:
    secret = save_page(None, PageWritten("story", STORY), AT)

    discard(secret)

    assert open_draft(secret) is None


@pytest.mark.usefixtures("bodies")
def test_a_page_saves_itself_and_says_when_another_tab_was_faster(client: PageClient) -> None:
    for page in ("problem", "whom", "trip"):
        fill(client, page)
    first, second = (hidden(client.get("/en/complain/story")) for _ in range(2))

    saved = client.post("/en/complain/story/save", data={**first, "story": "half a sen"})
    refused = client.post("/en/complain/story/save", data={**second, "story": "something else"})
    shown = client.post("/en/complain/story", data={**second, "story": "something else"})
    meant = client.post("/en/complain/story", data={**hidden(shown), "story": "something else"})

    assert (saved.status_code, refused.status_code, meant.status_code) == (204, 409, 303)
    assert "Nothing was overwritten" in shown.get_data(as_text=True)
    assert "something else" in shown.get_data(as_text=True)


@pytest.mark.usefixtures("bodies")
def test_a_lost_session_loses_no_word(client: PageClient) -> None:
    for page in ("problem", "whom", "trip", "story"):
        fill(client, page)

    client.delete_cookie("odr")

    assert ANSWERS["story"]["story"] in client.get("/en/complain/story").get_data(as_text=True)
    assert "/en/complain" in client.get("/en/").get_data(as_text=True)


@pytest.mark.usefixtures("bodies")
def test_a_page_kept_by_itself_takes_only_its_own_fields(client: PageClient, rows: Rows) -> None:
    fill(client, "problem")
    token = hidden(client.get("/en/complain/whom"))["csrf_token"]

    answer = client.post("/en/complain/wish/save", data={"csrf_token": token, "wants": "refund", "case_id": "1", "role": "administrator"})

    assert answer.status_code == 204
    assert len(rows(select(Draft.id))) == 1


@pytest.mark.usefixtures("bodies")
def test_looking_at_pages_begins_no_draft(client: PageClient, rows: Rows) -> None:
    client.get("/en/")
    client.get("/en/complain/problem")
    token = hidden(client.get("/en/complain/problem"))["csrf_token"]

    answer = client.post("/en/complain/story/save", data={"csrf_token": token, "story": "x"})

    assert answer.status_code == 409
    assert rows(select(Draft.id)) == []
