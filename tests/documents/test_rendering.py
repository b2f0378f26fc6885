"""Every kind of document renders, is tagged, can be read by machine, and keeps users' text as text."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from tourism_odr.documents import (
    KINDS,
    CharactersMissingError,
    DataRefusedError,
    missing_characters,
    render,
    sample,
    with_stand_ins,
)


def words_of(pdf: bytes) -> str:
    """The text of all pages without any blanks."""
    return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


@pytest.mark.parametrize("locale", ["zh-Hans", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_a_tagged_chinese_document(kind: str, locale: str) -> None:
    data = sample(kind, locale)

    pdf = render(kind, data)

    root = PdfReader(BytesIO(pdf)).root_object
    assert "/StructTreeRoot" in root
    assert str(root["/Lang"]).startswith("zh")
    assert data["issuer"]["zh"] in words_of(pdf)
    assert ("Thesealprovesintegrityonly" in words_of(pdf)) is (locale == "en")


def test_the_chinese_title_and_the_parties_can_be_extracted() -> None:
    words = words_of(render("agreement", sample("agreement")))

    assert "旅游投诉调解书" in words
    assert "浦江云帆国际旅行社有限公司" in words
    assert "¥1,400.00" in words


@pytest.mark.parametrize(
    "markup",
    ["#panic()", "*bold* _it_ $x^2$", '#read("/etc/passwd")', "= Heading <a> @b", "`raw` \\ // c", "{{7*7}}"],
)
def test_typst_markup_in_a_users_text_stays_text(markup: str) -> None:
    words = words_of(render("receipt", {**sample("receipt"), "matter": markup}))

    assert "".join(markup.split()) in words


def test_a_demo_document_says_that_it_has_no_legal_effect() -> None:
    real, demo = (words_of(render("agreement", sample("agreement"), demo=flag)) for flag in (False, True))

    assert "DEMO,nolegaleffect" in demo
    assert "DEMO" not in real


def test_the_same_data_gives_the_same_bytes() -> None:
    first, second = (render("urge", sample("urge")) for _ in range(2))

    assert first == second


def test_a_character_that_no_font_draws_is_named() -> None:
    data = {**sample("receipt"), "matter": "好 \U0001f9ff"}

    with pytest.raises(CharactersMissingError, match=r"U\+1F9FF"):
        render("receipt", data)

    assert missing_characters(data) == {"\U0001f9ff"}
    assert "〓" in words_of(render("receipt", with_stand_ins(data)))


def test_controls_and_turned_text_never_reach_the_paper() -> None:
    pdf = render("receipt", {**sample("receipt"), "matter": "abc\u202egpj\x00\x07 \ud800 end"})

    assert "abcgpjend" in words_of(pdf)


@pytest.mark.parametrize(
    "change",
    [{"surprise": "x"}, {"date": "23 November"}, {"matter": None}, {"claim": {"amount": "NaN", "currency": "CNY"}},
     {"claim": {"amount": "-1", "currency": "CNY"}}, {"received_at": "2026-11-23T10:00:00"},
     {"next": [{"step": "dance", "until": None}]}],
)  # fmt: skip
def test_data_that_does_not_fit_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(DataRefusedError):
        render("receipt", {**sample("receipt"), **change})


def test_a_missing_key_is_refused_by_name() -> None:
    data = sample("receipt")
    del data["channel"]

    with pytest.raises(DataRefusedError, match="channel"):
        render("receipt", data)
