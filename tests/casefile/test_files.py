"""Files and documents: shown as pictures drawn anew, downloaded as sealed, never from another case."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import select

from tests.builders import TheCase, a_case
from tests.casefile.conftest import Inside
from tests.intake.tourist import photo
from tests.pages import PageClient
from tests.signing_in import sign_in
from tourism_odr.cases.models import Document, Evidence, Reading
from tourism_odr.db import db

NewClient = Callable[[], PageClient]


def add(client: PageClient, made: TheCase, file: BytesIO, name: str, purpose: str = "") -> Any:
    """Open the page for adding files and send one."""
    address = f"/en/cases/{made.id}/files/add"
    token = re.findall(r'name="csrf_token" value="([^"]*)"', client.get(address).get_data(as_text=True))[0]
    return client.post(address, data={"csrf_token": token, "files": (file, name), "purpose": purpose})


def items_with_files() -> list[Any]:
    return list(db.session().scalars(select(Evidence.item_id)))


@pytest.fixture
def with_photo(inside: Inside, new_client: NewClient) -> tuple[TheCase, PageClient, Any]:
    """A served case, its tourist, and a photo that they added."""
    made = inside(a_case, "served")
    tourist = sign_in(new_client(), made.people.tourist, made.id)
    assert isinstance(tourist, PageClient)
    assert add(tourist, made, photo(), "lobby.jpg", "No lift, as promised").status_code == 303
    return made, tourist, inside(items_with_files)[0]


def test_a_file_is_shown_to_everybody_in_the_case(with_photo: tuple[TheCase, PageClient, Any], new_client: NewClient) -> None:
    made, _, item = with_photo

    for who in (made.people.tourist, made.people.handler, made.people.officer):
        shown = sign_in(new_client(), who, made.id).get(f"/en/cases/{made.id}/files/{item}").get_data(as_text=True)

        assert "lobby.jpg" in shown
        assert "No lift, as promised" in shown


def test_what_is_shown_is_drawn_anew(with_photo: tuple[TheCase, PageClient, Any]) -> None:
    made, tourist, item = with_photo

    shown = tourist.get(f"/en/cases/{made.id}/files/{item}/display")

    assert shown.mimetype == "image/webp"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"


def test_an_original_is_saved_and_never_run(with_photo: tuple[TheCase, PageClient, Any]) -> None:
    made, tourist, item = with_photo

    original = tourist.get(f"/en/cases/{made.id}/files/{item}/original")

    assert original.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in original.headers["Content-Security-Policy"]
    assert original.headers["X-Content-Type-Options"] == "nosniff"
    assert original.mimetype == "application/octet-stream"


def test_a_foreign_file_under_an_own_case_does_not_exist(
    with_photo: tuple[TheCase, PageClient, Any], inside: Inside, new_client: NewClient
) -> None:
    _, _, item = with_photo
    own = inside(a_case, "served")
    other = sign_in(new_client(), own.people.tourist, own.id)

    answers = [other.get(f"/en/cases/{own.id}/files/{item}{tail}").status_code for tail in ("", "/display", "/thumb", "/original")]

    assert answers == [404, 404, 404, 404]


def test_a_foreign_document_under_an_own_case_does_not_exist(inside: Inside, new_client: NewClient) -> None:
    made, own = inside(a_case, "accepted"), inside(a_case, "accepted")
    foreign = inside(lambda: db.session().scalars(select(Document.id).where(Document.case_id == made.id)).first())
    other = sign_in(new_client(), own.people.tourist, own.id)

    answer = other.get(f"/en/cases/{own.id}/documents/{foreign}.pdf")

    assert answer.status_code == 404


def test_an_issued_document_is_a_download_in_the_readers_language(inside: Inside, new_client: NewClient) -> None:
    made = inside(a_case, "accepted")
    receipt = inside(lambda: db.session().scalars(select(Document.id).where(Document.kind == "receipt")).one())
    tourist = sign_in(new_client(), made.people.tourist, made.id)

    answer = tourist.get(f"/zh-Hans/cases/{made.id}/documents/{receipt}.pdf")

    assert answer.data.startswith(b"%PDF")
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_refused_file_says_why_and_keeps_the_words(inside: Inside, new_client: NewClient) -> None:
    made = inside(a_case, "served")
    tourist = sign_in(new_client(), made.people.tourist, made.id)
    assert isinstance(tourist, PageClient)

    answer = add(tourist, made, BytesIO(b"MZ\x90\x00 a program"), "photo.jpg", "the contract")

    assert answer.status_code == 422
    assert "There is a problem" in answer.get_data(as_text=True)
    assert "the contract" in answer.get_data(as_text=True)
    assert inside(items_with_files) == []


def test_staff_who_look_at_a_file_are_written_down_once_a_look(
    with_photo: tuple[TheCase, PageClient, Any], inside: Inside, new_client: NewClient
) -> None:
    made, _, item = with_photo
    officer = sign_in(new_client(), made.people.officer)

    officer.get(f"/en/cases/{made.id}/files/{item}")
    officer.get(f"/en/cases/{made.id}/files/{item}/thumb")
    officer.get(f"/en/cases/{made.id}/files/{item}/original")

    assert sorted(inside(lambda: list(db.session().scalars(select(Reading.what))))) == ["file", "original"]


def test_a_pictures_original_is_for_who_added_it_and_the_body(with_photo: tuple[TheCase, PageClient, Any]) -> None:
    made, tourist, item = with_photo
    with tourist.application.app_context():
        handler = sign_in(tourist.application.test_client(), made.people.handler)
        officer = sign_in(tourist.application.test_client(), made.people.officer)
    there = f"/en/cases/{made.id}/files/{item}"

    answers = [client.get(f"{there}/original").status_code for client in (tourist, handler, officer)]

    assert answers == [200, 404, 200]
    assert "/original" not in handler.get(there).text
