"""Choosing versions by date, laying them over each other, and refusing data that would mislead."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tourism_odr.rulebooks import WEAK, BadRulebook, NoRulebook, by_version, profile, profiles
from tourism_odr.rulebooks.calendars import read_calendar
from tourism_odr.rulebooks.loading import parse
from tourism_odr.rulebooks.messages import message_ids
from tourism_odr.rulebooks.shelf import PROFILES, read_shelf

CLOCKS = {
    "decide", "supplement", "conclude-national", "serve", "answer", "reminder-answer",
    "invitation", "choose", "appointment", "deliver", "offer-validity", "undo", "sign", "performance",
    "payee-word", "performance-grace", "urge", "transfer-answer", "draft",
}  # fmt: skip
FIRST = date(2010, 7, 1)
SINCE = {"cn-sh": FIRST, "cn-sh-council": date(2015, 3, 15), "eu-ie": date(2015, 7, 9)}
LOCAL = {"cn-sh": {"conclude-local"}, "cn-sh-council": set(), "eu-ie": set()}
GROUNDS = {"cn-sh": 6, "cn-sh-council": 4, "eu-ie": 6}
BARRED = {"cn-sh", "eu-ie"}  # a council sets no last day to complain

HEAD = 'title = "T"\nsource = "某办法"\nchosen_by = "complaint_received"\ncalendar = "cn"\n'
CLOCK = '\n[clock.a]\ntitle = "A"\ncount = 3\nunit = "working"\nstarts = "complaint_received"\nwho = "body"\n'
CITED = 'article = "第1条"\ngrade = "statute_text"\n'


def law(extra: str = CLOCK + CITED, *, valid: str = "valid_from = 2020-01-01", series: str = "s") -> str:
    return f'series = "{series}"\nkind = "law"\n{valid}\n{HEAD}{extra}'


def shelf_of(**texts: str):
    return read_shelf({f"{name}.toml": parse(f"{name}.toml", text) for name, text in texts.items()})


def test_the_day_of_receipt_chooses_between_the_measures_of_2010_and_2026():
    old, new = profile("cn-sh", on=date(2026, 3, 14)), profile("cn-sh", on=date(2026, 3, 15))

    assert (old.rule("decide").count, new.rule("decide").count) == (5, 2)
    assert (old.rule("answer").count, old.rule("answer").unit) == (10, "calendar")
    assert (new.rule("answer").count, new.rule("answer").unit) == (5, "working")
    assert new.rule("answer").grade in WEAK
    assert not new.rule("answer").enforced
    assert new.rule("serve").kind == "house"


def test_of_a_procedure_beside_the_complaint_the_day_of_its_own_event_chooses_the_version():
    book = profile("cn-sh", on=date(2023, 5, 8))
    before, after = (book.joined("entrusted-summary", on) for on in (date(2024, 12, 31), date(2025, 1, 1)))

    assert not book.has("entrusted-summary")
    assert before.rule("entrusted-summary").extension.count == 7
    assert (after.rule("entrusted-summary").extension.count, after.rule("entrusted-summary").extension.times) == (30, 1)
    assert by_version(after.version) is after
    assert book.joined("register", date(2023, 5, 8)) is None  # no version of that day is on the shelf
    assert book.joined("answer", date(2030, 1, 1)) is book


def test_a_court_delegates_before_registration_only_until_the_end_of_2024():
    book = profile("cn-sh", on=date(2024, 11, 4))

    assert book.opens("filing.delegate", date(2024, 12, 31))
    assert not book.opens("filing.delegate", date(2025, 1, 1))


def test_no_court_joins_a_case_abroad():
    abroad = profile("eu-ie", on=date(2026, 5, 4))

    assert abroad.joined("register", date(2026, 5, 4)) is None
    assert not abroad.offers("filing.submit")


@given(on=st.dates(FIRST, date(2035, 1, 1)))
def test_every_day_has_a_rulebook_with_every_clock_of_the_lifecycle(on):
    assert set(profiles()) == set(SINCE)
    for name in profiles():
        book = profile(name, on=max(on, SINCE[name]))

        assert set(book.clocks) >= CLOCKS | LOCAL[name]
        assert len(book.grounds) == GROUNDS[name]
        assert ("complaint-bar" in book.own_dates) == (name in BARRED)
        assert by_version(book.version) is book
        assert len(book.version) <= 200


def test_a_version_that_is_remembered_gives_the_same_numbers_after_the_law_has_changed():
    remembered = profile("cn-sh", on=date(2026, 3, 14)).version

    assert by_version(remembered).rule("decide").count == 5


def test_shanghai_lays_its_45_days_beside_the_national_60():
    book = profile("cn-sh", on=date(2026, 11, 23))

    assert (book.rule("conclude-local").count, book.rule("conclude-national").count) == (45, 60)
    assert book.rule("conclude-local").starts == "complaint_received"
    assert book.rule("conclude-national").starts == "complaint_accepted"


def test_a_day_before_all_law_and_an_unknown_name_have_no_rulebook():
    with pytest.raises(NoRulebook, match="2010-06-30"):
        profile("cn-sh", on=FIRST - timedelta(days=1))
    with pytest.raises(NoRulebook, match="nowhere"):
        profile("nowhere", on=FIRST)
    with pytest.raises(NoRulebook, match="gone"):
        by_version("cn-sh=gone@2010-07-01")


def test_every_law_rule_cites_an_article_and_every_house_rule_says_why():
    for on in (FIRST, date(2021, 6, 1), date(2026, 3, 15)):
        for rule in profile("cn-sh", on=on).clocks.values():
            assert (
                (rule.article and rule.grade != "house") if rule.kind == "law" else (rule.why and rule.set_on)
            )


def test_every_ground_of_refusal_names_another_way():
    book = profile("cn-sh", on=date(2026, 3, 15))

    assert all(ground.route_titles for ground in book.grounds)
    assert book.ground("too-late").grade == "secondary"


def test_sentences_of_the_data_are_known_to_the_catalogues():
    assert "Decision on acceptance" in message_ids()
    assert profile("cn-sh", on=FIRST).rule("undo").why in message_ids()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (law() + "colour = 1\n", r"a\.toml: clock\.a\.colour: is not a known key"),
        (law(CLOCK + 'grade = "statute_text"\n'), r"a\.toml: clock\.a\.article: a law rule must name its article"),
        (law(CLOCK + 'article = "第1条"\n'), r"a\.toml: clock\.a\.grade: .*how surely"),
        (law(CLOCK + CITED + "roll = true\n"), r"clock\.a\.roll: only a count of calendar days"),
        (law(CLOCK + 'article = "x"\ngrade = "memory"\nenforced = true\n'), r"clock\.a\.enforced: .*weak"),
        (law(CLOCK + 'kind = "house"\n'), r"clock\.a\.set_by: a house rule must say"),
        (law(CLOCK + CITED + "warn = [3]\n"), r"clock\.a\.warn: "),
        (law(CLOCK.replace("3", '"3"') + CITED), r"clock\.a\.count: must be int, not str"),
        (law(CLOCK.replace("3", "0") + CITED), r"clock\.a\.count: must be at least 1"),
        (law(CLOCK.replace("complaint_received", "noon") + CITED), r"clock\.a\.starts: 'noon' is not one of"),
        (law(valid="valid_from = 2020-01-01\nvalid_to = 2019-01-01"), r"valid_to: 2019-01-01 lies before"),
        ("series = ", r"a\.toml: is not TOML"),
    ],
)
def test_bad_data_is_refused_with_file_and_key(text, sentence):
    with pytest.raises(BadRulebook, match=sentence):
        shelf_of(a=text)


@pytest.mark.parametrize(
    ("ends", "sentence"),
    [("\nvalid_to = 2020-12-30", "leaves a gap"), ("\nvalid_to = 2021-01-01", "overlaps"), ("", "overlaps")],
)
def test_gaps_and_overlaps_of_validity_are_refused(ends, sentence):
    with pytest.raises(BadRulebook, match=rf"b\.toml: valid_from: {sentence}"):
        shelf_of(a=law(valid=f"valid_from = 2020-01-01{ends}"), b=law(valid="valid_from = 2021-01-01"))


def test_a_house_rule_cannot_replace_law():
    house = law(CLOCK + 'why = "W"\n', series="h").replace(
        '"law"', '"house"\nset_by = "B"\nset_on = 2020-01-01'
    )
    profiles = '[p]\ntitle = "P"\nmembers = ["s", "h"]\n'

    with pytest.raises(BadRulebook, match="cannot replace s@2020-01-01"):
        shelf_of(a=law(), b=house, profiles=profiles).profile("p", date(2020, 1, 1))


def test_a_profile_of_unknown_series_is_refused():
    with pytest.raises(BadRulebook, match=r"profiles\.toml: p\.members"):
        read_shelf({PROFILES: {"p": {"title": "P", "members": ["x"]}}})


@pytest.mark.parametrize(
    ("year", "sentence"),
    [
        ('off = ["2026-01-01..2026-01-03 feast"]\nwork = []', "feast"),
        ('off = ["2025-01-01..2025-01-01 new-year"]\nwork = []', "lies in another year"),
        ('off = []\nwork = ["2026-01-05 new-year"]', "is no weekend"),
        ('off = ["soon new-year"]\nwork = []', "does not hold dates"),
    ],
)
def test_a_calendar_that_contradicts_itself_is_refused(year, sentence):
    text = f'id = "x"\nzone = "Asia/Shanghai"\nsource = "S"\n[year.2026]\n{year}\n'

    with pytest.raises(BadRulebook, match=sentence):
        read_calendar("x.toml", parse("x.toml", text))
