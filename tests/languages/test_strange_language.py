"""A language that runs from right to left and that nobody speaks: nothing stays untranslated, nothing scrolls sideways."""

import json
import re
from collections.abc import Callable

import pytest

from tests.languages import pseudo
from tests.languages.looking import NARROWEST, Looker
from tests.languages.visits import Visit
from tourism_odr.demo import cast

# What people wrote or are called, file names and numbers: they are shown as they are.
CALLED = [name for name in re.findall(r'"([^"]+)"', json.dumps(cast.data("cast"), ensure_ascii=False)) if " " in name]
TOURIST = cast.data("cast")["tourists"]["en"]
OF_PEOPLE = re.compile(
    "|".join(map(re.escape, sorted(CALLED, key=len, reverse=True)))
    + rf"|(?:{'|'.join(TOURIST['family'])}) (?:{'|'.join(TOURIST['given'])})"
    + r"|Demo Tourism Quality Institute|Lakeside (?:House|Court)"
    r"|Lin Xiaotong|Tanaka Yui|DEMO\S*|\(PDF\)|\S+@\S+|\w+\.(?:pdf|png|jpg|mov)|演\w+旅质"
    r"|People's Court|canary\w+|\d{8}-counter-\d+|The hotel was two classes lower than promised\.|CSV|SHA-256"
)
LETTERS = re.compile(r"[A-Za-z]{3,}")


def untranslated(looker: Looker) -> list[str]:
    """What stands on the page outside of the brackets, without what is people's own."""
    found = looker.page.evaluate(pseudo.OUTSIDE_THE_BRACKETS)
    return [one for one in found if LETTERS.search(OF_PEOPLE.sub("", one.partition(": ")[2]))]


def test_every_sentence_is_translated_and_every_page_runs_from_right_to_left(
    visits: list[Visit], look: Callable[..., Looker], monkeypatch: pytest.MonkeyPatch
) -> None:
    looker = look(NARROWEST)
    language = pseudo.spoken(monkeypatch)

    wrong = []
    for visit in visits:
        found = [*looker.at(visit, language), *looker.fits(), *untranslated(looker)]
        found += [] if looker.page.evaluate("getComputedStyle(document.body).direction") == "rtl" else ["not from right to left"]
        wrong += [f"{visit.role} at {visit.endpoint}: {one}" for one in found]

    assert wrong == []


def test_a_sentence_outside_the_catalogue_is_found(
    look: Callable[..., Looker], monkeypatch: pytest.MonkeyPatch
) -> None:
    looker = look()
    looker.page.goto(f"/{pseudo.spoken(monkeypatch)}/help")

    looker.page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<p>Never translated</p>')")

    assert untranslated(looker) == ["p.: Never translated"]
