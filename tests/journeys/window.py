"""Somebody in front of a real browser, who reads in their own language; the journeys name things in English."""

import re
from datetime import date
from pathlib import Path
from typing import Any

from flask import Flask
from playwright.sync_api import Locator, Page, expect

from tests.signing_in import sign_in
from tourism_odr.people.actor import Actor
from tourism_odr.text import say

IN_A_CASE = re.compile(r"/cases/([0-9a-f-]{36})")
SOON = 20_000  # milliseconds; a busy machine is slow, not wrong


class Window:
    """One person's browser, with pictures of what they saw."""

    def __init__(self, context: Any, base: str, locale: str, pictures: Path) -> None:
        self.page: Page = context.new_page()
        self.page.set_default_timeout(SOON)
        self.context = context
        self.base = base
        self.locale = locale
        self.pictures = pictures

    def comes_in(self, app: Flask, actor: Actor) -> "Window":
        """Somebody with an account, after both factors."""
        client = app.test_client()
        sign_in(client, actor)
        kept = client._cookies.values()  # a test client shows its cookies nowhere else
        self.context.add_cookies([{"name": c.decoded_key, "value": c.decoded_value, "url": self.base} for c in kept])
        return self

    def said(self, words: str, **params: Any) -> str:
        """A sentence in this reader's language."""
        return say(words, self.locale, **params)

    def goes(self, path: str) -> "Window":
        """Open an address of the service."""
        answer = self.page.goto(f"{self.base}/{self.locale}{path}", wait_until="load")
        assert answer is not None
        assert answer.status == 200, f"{path}: {answer.status}"
        return self

    def follows(self, words: str, **params: Any) -> "Window":
        """Follow the link with these words, or with words that begin so."""
        return self._click("link", words, **params)

    def opens(self, holding: str) -> "Window":
        """Follow the first link that holds these words, or that stands in a row which does."""
        row = self.page.locator("tr, li, article, section.card").filter(has_text=holding)
        inside = self.page.get_by_role("link").filter(has_text=holding)
        (inside if inside.count() else row.get_by_role("link")).first.click()
        self.page.wait_for_load_state("load")
        return self

    def marks_the_page(self) -> None:
        """Leave a mark that does not outlive the page."""
        self.page.evaluate("document.body.dataset.marked = 'yes'")

    def was_not_loaded_again(self) -> "Window":
        """The mark is still there, so what came since came by itself."""
        assert self.page.evaluate("document.body.dataset.marked") == "yes"
        return self

    def presses(self, words: str, **params: Any) -> "Window":
        """Press the button with these words."""
        return self._click("button", words, **params)

    def _click(self, role: Any, words: str, **params: Any) -> "Window":
        spoken = self.said(words, **params)
        whole = self.page.get_by_role(role, name=spoken, exact=True)
        part = self.page.get_by_role(role, name=spoken)
        (whole if whole.count() else part).first.click()
        self.page.wait_for_load_state("load")
        return self

    def sees(self, *words: str) -> "Window":
        """All of these stand on the page, now or very soon, without going anywhere."""
        for one in words:
            expect(self.page.get_by_text(self.said(one)).first).to_be_visible(timeout=SOON)
        return self

    def sees_not(self, *words: str) -> "Window":
        """None of these stands on the page."""
        for one in words:
            expect(self.page.get_by_text(self.said(one))).to_have_count(0)
        return self

    def fills(self, **typed: Any) -> "Window":
        """Fill in fields by name; choices by value or by words, days as dates, files as (name, kind, bytes)."""
        for name, value in typed.items():
            for one in value if isinstance(value, list) else [value]:
                self._fill(name, one)
        return self

    def _fill(self, name: str, value: Any) -> None:
        if isinstance(value, date):
            for part in ("year", "month", "day"):
                self._field(f"{name}-{part}").fill(str(getattr(value, part)))
            return
        field = self._field(name)
        kind = field.evaluate("e => e.type")
        if kind in ("radio", "checkbox"):
            self._choose(name, value)
        elif kind == "file":
            file, mimetype, data = value
            field.set_input_files({"name": file, "mimeType": mimetype, "buffer": data})
        elif kind == "select-one":
            field.select_option(value)
        else:
            field.fill(str(value))

    def _field(self, name: str) -> Locator:
        """By its name; a form with a prefix adds it before."""
        self.page.locator(f"[name='{name}'], [name$='-{name}']").first.wait_for(state="attached")
        whole = self.page.locator(f"[name='{name}']")
        return (whole if whole.count() else self.page.locator(f"[name$='-{name}']")).first

    def _choose(self, name: str, value: Any) -> None:
        boxes = self.page.locator(f"[name='{name}']")
        if value is True:
            boxes.first.check()
        elif self.page.locator(f"[name='{name}'][value='{value}']").count():
            self.page.locator(f"[name='{name}'][value='{value}']").check()
        else:
            self.page.get_by_label(str(value)).first.check()

    def answers_all(self, beginning: str, value: str) -> "Window":
        """The same answer to every question whose field begins so."""
        for one in self.page.locator(f"[name^='{beginning}'][value='{value}']").all():
            one.check()
        return self

    def fills_all(self, beginning: str, words: str) -> "Window":
        """The same words in every field whose name begins so."""
        for one in self.page.locator(f"[name^='{beginning}']").all():
            one.fill(words)
        return self

    def keeps_picture(self, name: str) -> "Window":
        """The whole page as it stands, kept beside the tests' results."""
        self.page.screenshot(path=str(self.pictures / f"{name}.png"), full_page=True)
        return self

    @property
    def case(self) -> str:
        """The case whose page is open."""
        found = IN_A_CASE.search(self.page.url)
        assert found, self.page.url
        return found[1]
