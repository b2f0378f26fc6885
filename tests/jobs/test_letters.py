"""Every step that tells somebody has its words, in both languages, and none lie about unused."""

from itertools import product
from pathlib import Path
from uuid import uuid4

import pytest

from tests.architecture.tree import ROOT
from tourism_odr.cases.lifecycle import STEPS
from tourism_odr.jobs import letters
from tourism_odr.text import LOCALES

FOLDER = ROOT / "templates" / "notices"
TOLD = {f"{step.kind}/{step.verb}/{told}" for step in STEPS.values() for told in step.tells}
OTHER = {f"_other/{name}" for name in letters.OTHER}
BASE = "https://odr.example"


def params(template: str) -> dict[str, object]:
    step = STEPS.get(".".join(template.split("/")[:2]))
    days = {name: "2026-11-30" for name in step.starts} if step else {}
    return {
        "number": "LY-2026-000012", "case": str(uuid4()), "step": "offer.accept", "days": days,
        "day": "2026-11-30", "title": "Respondent's answer",
    }  # fmt: skip


def test_the_folders_are_the_table_and_the_declared_list():
    found = {path.parent.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.txt")} - {"_parts"}

    assert found == TOLD | OTHER


def test_every_folder_holds_subject_and_body_and_nothing_else():
    odd = [
        folder
        for folder in TOLD | OTHER
        if {path.name for path in Path(FOLDER / folder).iterdir()} != {"subject.txt", "body.txt"}
    ]

    assert odd == []


@pytest.mark.parametrize(("template", "locale"), sorted(product(TOLD | OTHER, LOCALES)))
def test_every_notice_can_be_put_into_words(template, locale):
    subject, body = letters.in_words(template, locale, params(template), BASE)

    assert subject
    assert "\n\n\n" not in body
    assert len(body) > 40 or template.endswith("code")
    assert "%(" not in subject + body


@pytest.mark.parametrize("template", sorted(TOLD))
def test_days_that_the_step_did_not_start_leave_no_hole(template):
    bare = params(template) | {"days": {}}

    _, body = letters.in_words(template, "en", bare, BASE)

    assert "24:00" not in body


def test_a_secret_stands_in_the_kept_text_as_a_mark_and_travels_in_clear():
    _, kept = letters.in_words("_other/invitation", "en", {}, BASE)

    sent = letters.with_secrets(kept, {"secret": "s3cret"})

    assert "s3cret" not in kept
    assert f"{BASE}/en/invitation/s3cret" in sent


def test_the_html_part_escapes_whatever_it_is_given():
    html = letters.as_html("a <b> & https://odr.example/x?a=1&b=2\n\nsecond", "en")

    assert "&lt;b&gt;" in html
    assert '<a href="https://odr.example/x?a=1&amp;b=2">' in html
    assert html.count("<p>") == 2
