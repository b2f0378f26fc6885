"""What goes wrong is said kindly, in the reader's language, and loses nothing that was typed."""

from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from tests.pages import PageClient
from tourism_odr.cases.errors import MovedOnError, NotYoursError, UnmetNeedError
from tourism_odr.text import M
from tourism_odr.web.policy import public


def main_of(html: str) -> str:
    """What stands between the head and the foot of a page."""
    return html.partition("<main")[2].partition("</main>")[0]


@pytest.fixture
def failing(built: Flask) -> Flask:
    """The application with a page that fails as it is told."""
    built.config["PROPAGATE_EXCEPTIONS"] = False
    built.config["WTF_CSRF_ENABLED"] = False
    troubles = {
        "moved": MovedOnError(uuid4(), "offer.accept", "withdrawn"),
        "not-yours": NotYoursError("a reason for the log"),
        "unmet": UnmetNeedError("code", M("Your side has not signed.")),
        "database": OperationalError("select", {}, Exception("gone")),
        "bug": ZeroDivisionError(),
    }

    @public
    def fail(trouble: str) -> str:
        raise troubles[trouble]

    built.add_url_rule("/<locale:locale>/fail/<trouble>", "fail", fail, methods=["GET", "POST"])
    return built


def test_who_was_too_late_is_told_where_it_stands_and_keeps_the_words(
    failing: Flask, client: PageClient
) -> None:
    answer = client.post(
        "/en/fail/moved", data={"answer": "We refund 300", "seen": "3", "csrf_token": "secret-token"}
    )

    assert answer.status_code == 409
    assert "Withdrawn" in answer.text
    assert "We refund 300" in answer.text
    assert "secret-token" not in answer.text


def test_what_is_typed_is_shown_as_text_and_never_as_markup(failing: Flask, client: PageClient) -> None:
    answer = client.post("/en/fail/moved", data={"answer": "<script>alert(1)</script>"})

    assert "<script>alert" not in answer.text


def test_what_is_not_yours_looks_like_what_does_not_exist(failing: Flask, client: PageClient) -> None:
    hidden = client.get("/en/fail/not-yours")
    missing = client.get("/en/fail-not-yours")

    assert hidden.status_code == missing.status_code == 404
    assert main_of(hidden.text) == main_of(missing.text)


def test_what_is_missing_for_a_step_is_said_in_words(failing: Flask, client: PageClient) -> None:
    answer = client.get("/en/fail/unmet")

    assert answer.status_code == 409
    assert "Your side has not signed." in answer.text


def test_a_database_that_refuses_is_a_busy_service(failing: Flask, client: PageClient) -> None:
    answer = client.get("/en/fail/database")

    assert answer.status_code == 503
    assert "Nothing was changed" in answer.text


def test_our_own_fault_is_called_that(failing: Flask, client: PageClient) -> None:
    answer = client.get("/en/fail/bug")

    assert answer.status_code == 500
    assert "on our side" in answer.text
    assert "ZeroDivision" not in answer.text


def test_a_body_that_is_too_large_is_refused_kindly(failing: Flask, client: PageClient) -> None:
    failing.config["MAX_CONTENT_LENGTH"] = 10

    answer = client.post("/en/text-size", data={"size": "125" * 100})

    assert answer.status_code == 413
