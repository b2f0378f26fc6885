"""Tourists who lodge over HTTP, with a connection that may break at any moment, and press again as people do."""

import re
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPException
from http.cookiejar import CookieJar
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener
from uuid import uuid4

from tests.intake.tourist import ANSWERS, photo

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)">')
NUMBER = re.compile(r"LY-\d{4}-\d{6}")
BROKEN = (URLError, HTTPException, OSError)


class BrokenAnswerError(Exception):
    """The connection broke, or the server said that it cannot now."""


@dataclass
class Tourist:
    """One person with a browser; ``number`` once an answer has shown it."""

    base: str
    address: str
    story: str = field(default_factory=lambda: f"story {uuid4().hex}")
    number: str = ""
    breaks: int = 0
    fives: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))
        self.shown = ("", "")  # the last page, and what stands on it

    def fetch(self, path: str, data: bytes | None = None, kind: str = "application/x-www-form-urlencoded") -> str:
        """One request, redirects followed."""
        headers = {"X-Forwarded-For": self.address, "Content-Type": kind}
        try:
            with self.opener.open(Request(f"{self.base}/en/complain/{path}", data, headers), timeout=60) as answer:  # noqa: S310 - loopback
                self.shown = (answer.url.rpartition("/")[2], answer.read().decode())
                return self.shown[1]
        except HTTPError as refused:
            self.shown = ("", "")
            if refused.code >= 500:
                self.fives.append(f"{refused.code} at {path}")
            raise BrokenAnswerError(f"{refused.code} at {path}") from refused
        except BROKEN as broken:
            self.shown = ("", "")
            raise BrokenAnswerError(str(broken)) from broken

    def submit(self, path: str, typed: dict[str, str]) -> str:
        """Open the page, unless the last one led there; fill it in, send it."""
        page = self.shown[1] if self.shown[0] == path else self.fetch(path)
        if 'id="page-form"' not in page:
            return page
        form = page[page.index('id="page-form"') :].split("</form>")[0]
        return self.fetch(path, urlencode({**dict(HIDDEN.findall(form)), **typed}).encode())

    def add_photo(self) -> None:
        """One picture, by the form of the page."""
        token = dict(HIDDEN.findall(self.fetch("story")))["csrf_token"]
        parts = [("csrf_token", "", token.encode()), ("files", '; filename="room.jpg"', photo().getvalue())]
        mark = uuid4().hex
        body = b"".join(
            f'--{mark}\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode() + value + b"\r\n"
            for name, more, value in parts
        )
        self.fetch("files", body + f"--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}")

    def lodge(self) -> None:
        """All pages; whatever breaks is done again until a number is shown."""
        changed = {"story": {"story": self.story}}
        for page, answers in ANSWERS.items():
            self.insist(lambda page=page, answers=answers: self.submit(page, {**answers, **changed.get(page, {})}))
        self.insist(self.add_photo)
        while not self.number:
            self.insist(lambda: self.submit("check", {"sharing": "y", "true": "y", "sensitive": "y"}))
            shown = NUMBER.search(self.insist(lambda: self.fetch("sent")) or "")
            self.number = shown[0] if shown else ""

    def insist(self, act: Any) -> Any:
        """Until it goes through; a person waits a moment in between."""
        for _ in range(200):
            try:
                return act()
            except BrokenAnswerError:
                self.breaks += 1
                time.sleep(0.3)
        raise AssertionError("the service never came back")


def crowd(base: str, how_many: int, at_once: int) -> tuple[list[Tourist], list[threading.Thread]]:
    """So many tourists, some at a time, each from an address of their own."""
    people = [Tourist(base, f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}") for n in range(1, how_many + 1)]
    waiting = iter(people)
    door = threading.Lock()

    def come() -> None:
        while True:
            with door:
                one = next(waiting, None)
            if one is None:
                return
            one.lodge()

    threads = [threading.Thread(target=come, daemon=True) for _ in range(at_once)]
    for thread in threads:
        thread.start()
    return people, threads
