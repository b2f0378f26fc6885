"""What holds for every page that any test fetches."""

import re
from functools import cache
from html.parser import HTMLParser

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tourism_odr.cases.lifecycle import TABLES

NEED_LABEL = {"text", "email", "tel", "password", "number", "date", "file", "checkbox", "radio", "search", "url", "time"}
INVISIBLE = {"script", "style", "template"}
# What tells two pages apart without any check looking at it: where links lead, what fields hold, ids.
PARTICULAR = re.compile(r'(?<==")/[^"]*(?=")|(?<= value=")[^"]*(?=")|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}')
GOOD: set[int] = set()


class PageClient(FlaskClient):
    """A test client that refuses a bad page at the moment it is fetched."""

    def open(self, *args: object, **kwargs: object) -> TestResponse:
        kwargs.setdefault("base_url", self.application.extensions["odr_settings"].base_url)
        response = super().open(*args, **kwargs)  # type: ignore[arg-type]  # the library's own union, passed through
        redirected = response.status_code in (301, 302, 303, 307, 308)
        if response.mimetype == "text/html" and not redirected and response.request.method != "HEAD":
            check_page(response.get_data(as_text=True), str(response.request.path))
        return response


def check_page(html: str, where: str) -> None:
    """Well formed, titled, labelled, guarded, free of inline code, and in the words of its reader."""
    shape = hash(PARTICULAR.sub("", html))
    if shape in GOOD:  # most answers of a matrix are one and the same refusal
        return
    html5lib.HTMLParser(strict=True).parse(html)
    page = Page(html)
    wrong = [*page.wrong, *page.judge()]
    assert not wrong, f"{where}: " + "; ".join(wrong)
    GOOD.add(shape)


class Page(HTMLParser):
    """Reads a page once and notes what it finds."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.tags: list[str] = []
        self.labelled: set[str] = set()
        self.fields: list[tuple[str, dict[str, str | None], bool]] = []
        self.forms: list[tuple[str, bool]] = []
        self.words: list[str] = []
        self.lang = ""
        self.open_label = False
        self.hidden = ""
        self.title = ""
        self.in_title = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append(tag)
        self._inline(tag, found)
        if tag == "html":
            self.lang = found.get("lang") or ""
        elif tag == "label":
            self.open_label = True
            self.labelled.add(found.get("for") or "")
        elif tag == "form":
            self.forms.append(((found.get("method") or "get").lower(), False))
        elif tag in ("input", "select", "textarea"):
            self._field(tag, found)
        self.in_title = tag == "title"
        self.hidden = tag if tag in INVISIBLE else self.hidden

    def handle_endtag(self, tag: str) -> None:
        self.in_title = False
        self.open_label = self.open_label and tag != "label"
        self.hidden = "" if tag == self.hidden else self.hidden

    def handle_data(self, data: str) -> None:
        if self.in_title:
            self.title += data
        if not self.hidden:
            self.words.append(data)

    def _inline(self, tag: str, found: dict[str, str | None]) -> None:
        if "style" in found or tag == "style":
            self.wrong.append(f"inline style on <{tag}>")
        if tag == "script" and not found.get("src") and found.get("type") != "application/json":
            self.wrong.append("inline script")
        for name, value in found.items():
            followed = name != "value" and (value or "").strip().lower().startswith("javascript:")
            if name.startswith("on") or followed:
                self.wrong.append(f"script in {name}= of <{tag}>")

    def _field(self, tag: str, found: dict[str, str | None]) -> None:
        if found.get("name") == "csrf_token" and self.forms:
            self.forms[-1] = (self.forms[-1][0], True)
        kind = (found.get("type") or "text").lower() if tag == "input" else tag
        if kind in NEED_LABEL or tag != "input":
            self.fields.append((kind, found, self.open_label))

    def judge(self) -> list[str]:
        """What is wrong with the page as a whole."""
        wrong = []
        if self.tags.count("h1") != 1:
            wrong.append(f"{self.tags.count('h1')} h1 instead of one")
        if not self.title.strip():
            wrong.append("no title")
        if not self.lang:
            wrong.append("no lang on html")
        wrong += [f"{kind} {found.get('name')!r} has no label" for kind, found, inside in self.fields if not self._named(found, inside)]
        wrong += ["a POST form without csrf_token" for method, guarded in self.forms if method == "post" and not guarded]
        shown = set(re.findall(r"[a-z]+(?:[-_][a-z]+)+", " ".join(self.words))) & stage_ids()
        wrong += [f"stage {stage!r} shown instead of its title" for stage in sorted(shown)]
        return wrong

    def _named(self, found: dict[str, str | None], inside: bool) -> bool:
        if inside or found.get("aria-label") or found.get("aria-labelledby"):
            return True
        return bool(found.get("id")) and found["id"] in self.labelled


@cache
def stage_ids() -> frozenset[str]:
    """The ids of all stages that cannot be mistaken for a word of English: those with a joint in them."""
    return frozenset(stage for table in TABLES.values() for stage in table.stages if "-" in stage or "_" in stage)
