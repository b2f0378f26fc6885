"""What every answer says to the browser, errors included."""

import pytest

from tests.pages import PageClient

PAGES = ["/", "/en/no-such-page", "/static/ui.css"]


@pytest.mark.parametrize("path", PAGES)
def test_nothing_comes_from_elsewhere_and_nothing_frames_us(client: PageClient, path: str) -> None:
    answer = client.get(path, buffered=True)

    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_pages_are_not_kept_by_the_browser(client: PageClient) -> None:
    answer = client.get("/en/no-such-page")

    assert answer.headers["Cache-Control"] == "no-store"


def test_a_file_with_its_digest_is_kept_for_ever(client: PageClient) -> None:
    answer = client.get("/static/ui.css?v=1", buffered=True)

    assert "immutable" in answer.headers["Cache-Control"]


def test_a_form_without_its_token_is_refused_with_a_kind_page(client: PageClient) -> None:
    answer = client.post("/en/text-size", data={"size": "125"})

    assert answer.status_code == 400
    assert "once more" in answer.text
