"""The language stands in the address; the cookie and the browser choose only for the bare one."""

import pytest
from flask import Flask

from tests.pages import PageClient
from tourism_odr.web.locale import safe_next

ELSEWHERE = [
    "https://evil.example/", "//evil.example/", "/%09/evil.example", "/\\evil.example", "https:evil.example",
    "/%0d%0aSet-Cookie:x", "javascript:alert(1)", "/@evil.example", "", "/zh-Hans/no-such-page", "evil", "/en/..//evil.example",
]  # fmt: skip


def test_the_bare_address_leads_to_the_language_of_the_browser(client: PageClient) -> None:
    answer = client.get("/", headers={"Accept-Language": "en-GB,en;q=0.9"})

    assert answer.headers["Location"] == "/en/"


def test_the_bare_address_leads_to_chinese_when_the_browser_asks_for_a_language_we_do_not_speak(
    client: PageClient,
) -> None:
    answer = client.get("/", headers={"Accept-Language": "fi"})

    assert answer.headers["Location"] == "/zh-Hans/"


def test_the_chosen_language_is_stronger_than_the_browsers(client: PageClient) -> None:
    client.set_cookie("language", "en", domain="127.0.0.1")

    answer = client.get("/", headers={"Accept-Language": "zh-CN"})

    assert answer.headers["Location"] == "/en/"


def test_a_language_that_we_do_not_speak_has_no_pages(client: PageClient) -> None:
    answer = client.get("/tlh/styleguide")

    assert answer.status_code == 404


def test_a_missing_page_says_so_in_chinese(client: PageClient) -> None:
    answer = client.get("/zh-Hans/no-such-page", headers={"Accept-Language": "zh-CN"})

    assert answer.status_code == 404
    assert "没有找到这个页面" in answer.text


@pytest.mark.parametrize("address", ELSEWHERE)
def test_the_way_on_never_leads_elsewhere(built: Flask, address: str) -> None:
    with built.test_request_context("/en/", base_url="http://127.0.0.1"):
        assert safe_next(address, "/en/") in ("/en/", "/zh-Hans/")
