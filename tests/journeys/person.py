"""Somebody in front of a browser without JavaScript: goes to pages, sees words, fills in forms, presses buttons."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import html5lib
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.pages import PageClient

Typed = dict[str, list[Any]]
LOCALES = ("/en", "/zh-Hans")
UNREAD = ("script", "style", "template", "svg")
OUTSIDE = ("/sign-in",)


def plain(text: str) -> str:
    """Words as they are read: one blank between them."""
    return re.sub(r"\s+", " ", text).strip()


class Person:
    """One person with a browser; ``comes_in`` opens a session when there is none (or none any longer)."""

    def __init__(self, client: PageClient, base: str, comes_in: Callable[[Any], object] | None = None) -> None:
        self.client = client
        self.base = base
        self.comes_in = comes_in
        self.away = comes_in is not None
        self.filled: dict[str, Any] = {}
        self.answer: TestResponse
        self.tree: Element
        self.address = ""

    # -- going --------------------------------------------------------------------------------------------

    def goes(self, url: str, *, expect: int = 200) -> "Person":
        """Open an address, after coming in where that is needed, and follow where it leads."""
        if self.away and self.comes_in is not None:
            self.away = False
            self.comes_in(self)
        whole = url if urlsplit(url).scheme or url.startswith(LOCALES) else self.base + url
        self._land(self._ask("get", whole), expect)
        return self

    def follows(self, words: str) -> "Person":
        """Follow the link with these words: whole if there is one, else the first that holds them."""
        links = [(self._said(one), one) for one in self.tree.iter("a") if one.get("href")]
        whole = [one for said, one in links if said == words]
        found = whole or [one for said, one in links if words in said]
        assert found, f"no link {words!r} on {self.address}; there are {[said for said, _ in links]}"
        return self.goes(urljoin(self.address, str(found[0].get("href"))))

    def reads_file(self, words: str) -> bytes:
        """Follow a link to a file and keep the page that is open."""
        links = [one for one in self.tree.iter("a") if words in self._said(one)]
        assert links, f"no link {words!r} on {self.address}"
        here = self.address
        answer = self._ask("get", urljoin(here, str(links[0].get("href"))))
        self.address = here
        assert answer.status_code == 200, f"{words!r}: {answer.status_code}"
        return bytes(answer.data)

    # -- seeing -------------------------------------------------------------------------------------------

    @property
    def words(self) -> str:
        """Everything that stands on the page, below its head."""
        body = self.tree.find("body")
        assert body is not None
        return plain(" ".join(self._texts(body)))

    def sees(self, *wanted: str) -> "Person":
        """All of these stand on the page."""
        words = self.words
        missing = [one for one in wanted if plain(one) not in words]
        assert not missing, f"{missing} not on {self.address}, which says: {words}"
        return self

    def sees_not(self, *unwanted: str) -> "Person":
        """None of these stands on the page."""
        words = self.words
        found = [one for one in unwanted if plain(one) in words]
        assert not found, f"{found} on {self.address}"
        return self

    def sees_in(self, field: str, *wanted: str) -> "Person":
        """This stands in a field of the page, as it was typed."""
        values = [value for form in self._forms() for name, value in self._defaults(form) if name == field]
        assert list(wanted) == values, f"{field} holds {values} on {self.address}"
        return self

    def holds(self, element: str) -> str:
        """What a field holds, or an element says, found by its id or its class."""
        for one in self.tree.iter():
            if element == one.get("id") or element in (one.get("class") or "").split():
                return str(one.get("value") or self._said(one))
        raise AssertionError(f"nothing called {element!r} on {self.address}")

    # -- filling in ---------------------------------------------------------------------------------------

    def fills(self, **typed: Any) -> "Person":
        """Type into fields by name (``_`` stands for ``-`` too); days as dates, choices by value or by words."""
        self.filled.update(typed)
        return self

    def answers_all(self, beginning: str, value: str) -> "Person":
        """The same answer to every question of the page whose field's name begins so."""
        names = {str(one.get("name")) for one in self.tree.iter("input") if str(one.get("name")).startswith(beginning)}
        assert names, f"no field {beginning}... on {self.address}"
        self.filled.update(dict.fromkeys(names, value))
        return self

    def presses(self, words: str, *, to: str = "", expect: int = 200) -> "Person":
        """Press the button with these words; its form is sent with all that it holds and what was filled in.

        ``to`` is a part of the form's address, where several buttons say the same.
        """
        form, button = self._button(words, to)
        data = self._data(form, button)
        target = button.get("formaction") or form.get("action") or self.address
        method = str(form.get("method") or "get")
        if method.lower() == "get":
            answer = self._ask("get", urljoin(self.address, target), query_string=data)
        else:
            answer = self._ask("post", urljoin(self.address, target), data=data)
        self.filled = {}
        self._land(answer, expect)
        return self

    def _button(self, words: str, to: str) -> tuple[Element, Element]:
        forms = [form for form in self._forms() if to in (form.get("action") or "")]
        buttons = [(form, one) for form in forms for one in form.iter("button")]
        pairs = [(form, one) for form, one in buttons if one.get("aria-hidden") is None and one.get("hidden") is None]
        whole = [pair for pair in pairs if self._said(pair[1]) == words]
        found = whole or [pair for pair in pairs if words in self._said(pair[1])]
        said = [self._said(one) for _, one in pairs]
        assert found, f"no button {words!r} on {self.address}; there are {said} below: {self.words}"
        for form, one in found:
            names = {name for name, _ in self._defaults(form, everything=True)}
            if all(self._known(name, names) for name in self.filled):
                return form, one
        return found[0]

    @staticmethod
    def _known(name: str, names: set[str]) -> str:
        for one in (name, name.replace("_", "-")):
            if one in names or f"{one}-year" in names:
                return one
        ending = [one for one in names if one.endswith(f"-{name}")]
        return ending[0] if len(ending) == 1 else ""

    def _data(self, form: Element, button: Element) -> MultiDict[str, Any]:
        holds: Typed = {}
        for name, value in self._defaults(form):
            holds.setdefault(name, []).append(value)
        names = {name for name, _ in self._defaults(form, everything=True)}
        for name, value in self.filled.items():
            known = self._known(name, names)
            assert known, f"no field {name!r} in the form on {self.address}; there are {sorted(names)}"
            self._put(form, holds, known, value)
        if button.get("name"):
            holds.setdefault(str(button.get("name")), []).append(button.get("value") or "")
        return MultiDict([(name, value) for name, values in holds.items() for value in values])

    def _put(self, form: Element, holds: Typed, name: str, value: Any) -> None:
        if isinstance(value, date):
            for part in ("year", "month", "day"):
                holds[f"{name}-{part}"] = [str(getattr(value, part))]
            return
        values = value if isinstance(value, list) else [value]
        options = self._options(form, name)
        holds[name] = [self._chosen(name, one, options) for one in values] if options else values

    def _chosen(self, name: str, wanted: Any, options: dict[str, str]) -> str:
        if wanted is True:
            return next(iter(options))
        if wanted in options:
            return str(wanted)
        found = [value for value, said in options.items() if str(wanted) in said]
        assert found, f"{name} offers {options}, not {wanted!r}, on {self.address}"
        return found[0]

    def _options(self, form: Element, name: str) -> dict[str, str]:
        """What may be chosen: value -> words."""
        labels = {one.get("for"): self._said(one) for one in self.tree.iter("label")}
        found = {}
        for one in form.iter("input"):
            if one.get("name") == name and one.get("type") in ("radio", "checkbox"):
                found[one.get("value") or "on"] = labels.get(one.get("id"), "")
        for select in form.iter("select"):
            if select.get("name") == name:
                found |= {option.get("value") or "": self._said(option) for option in select.iter("option")}
        return found

    # -- the page -----------------------------------------------------------------------------------------

    def _ask(self, how: str, url: str, **more: Any) -> TestResponse:
        parts = urlsplit(urljoin(self.base, url))
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        answer: TestResponse = getattr(self.client, how)(path, **more)
        self.address = path
        for _ in range(5):
            if answer.status_code not in (302, 303):
                break
            parts = urlsplit(urljoin(self.base, answer.headers["Location"]))
            self.address = parts.path + (f"?{parts.query}" if parts.query else "")
            answer = self.client.get(self.address)
        return answer

    def _land(self, answer: TestResponse, expect: int) -> None:
        self.answer = answer
        words = answer.get_data(as_text=True) if answer.mimetype == "text/html" else ""
        self.tree = html5lib.parse(words, namespaceHTMLElements=False)
        refused = any(part.get("id") == "error-summary" for part in self.tree.iter())
        expect = 422 if refused and expect == 200 else expect  # a form that was refused says so in its code too
        assert answer.status_code == expect, f"{self.address}: {answer.status_code} {self.words}"
        assert not (self.comes_in and urlsplit(self.address).path.endswith(OUTSIDE)), f"signed out at {self.address}"

    def _forms(self) -> list[Element]:
        return list(self.tree.iter("form"))

    def _defaults(self, form: Element, *, everything: bool = False) -> Iterator[tuple[str, Any]]:
        """What a browser would send of a form, or the names of all that it could."""
        for one in form.iter():
            name = one.get("name")
            if not name or one.tag == "button":
                continue
            if one.tag == "textarea":
                yield name, (one.text or "").removeprefix("\n")
            elif one.tag == "select":
                yield name, self._selected(one)
            elif one.tag == "input" and (everything or self._sent(one)):
                yield name, one.get("value") or ""

    @staticmethod
    def _sent(one: Element) -> bool:
        kind = one.get("type") or "text"
        return kind not in ("file", "submit") and (kind not in ("radio", "checkbox") or one.get("checked") is not None)

    @staticmethod
    def _selected(select: Element) -> str:
        options = list(select.iter("option"))
        picked = [one for one in options if one.get("selected") is not None] or options[:1]
        return str(picked[0].get("value") or "") if picked else ""

    def _said(self, one: Element) -> str:
        return plain(" ".join(self._texts(one)))

    def _texts(self, one: Element) -> Iterator[str]:
        if one.tag in UNREAD or one.get("hidden") is not None or not isinstance(one.tag, str):
            return
        if one.text:
            yield one.text
        for child in one:
            yield from self._texts(child)
            if child.tail:
                yield child.tail
