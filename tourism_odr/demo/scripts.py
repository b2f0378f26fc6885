"""Which dispute takes which road, when, and with whom: the standard set of the demo, and its repetitions."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from tourism_odr.demo.cast import CONFIRMING, MEDIATORS, data
from tourism_odr.demo.play import CHINESE, Part
from tourism_odr.demo.published import Published, published, varied
from tourism_odr.demo.roads import length, road

PUBLISHED_TERMS = "按公布的调解结果"
PUBLISHED_JUDGMENT = "按公布的裁判结果；起诉后的过程为演示脚本自拟"
OWN_JUDGMENT = "公布由法院审理，未见数额，去向与金额为演示脚本自拟"
OWN_TERMS = "未见公布数额，金额为演示脚本自拟"
OWN_END = "公布的去向未经调解，结局为演示脚本自拟"
REPEATED = "依公布案情改编，人物、日期、金额与结局为演示脚本自拟"
OWN_DATE = "保留原日期，适用当日有效的规定"
# what was there before the court had a roster, and before its road was laid here
BEFORE_COURT = {
    "withdrawn-from-court": "performed", "enforced": "breached", "suit-mediated": "performed-as-reported",
    "suit-judged": "terminated", "declined-judged": "declined", "silent-judged": "silent-to-the-end",
}  # fmt: skip
BOUNDARY = "演示新旧办法交替"
SHARE = Decimal("0.4")  # of what was asked for, where the script makes up an amount

# dispute -> (road, days from its last act to the end of the demo, respondents, kind)
ENDS: dict[str, tuple[str, int, tuple[str, ...], str]] = {
    "T01": ("withdrawn-from-court", 6, ("far",), "agency"),
    "T03": ("suit-mediated", 16, ("near",), "agency"),
    "T05": ("suit-judged", 4, ("near",), "agency"),
    "T07": ("withdrawn", 9, ("far",), "agency"),
    "T09": ("enforced", 7, ("cape",), "agency"),
    "T12": ("settled", 5, ("sail",), "platform"),
    "T18": ("on-the-spot", 11, ("monkey",), "sight"),
    "T20": ("declined-judged", 8, ("far",), "agency"),
    "T25": ("refused", 7, ("near",), "agency"),
    "T29": ("performed-enforced", 10, ("cape",), "agency"),
    "T30": ("transferred", 10, ("cape",), "agency"),
    "T33": ("two-enforced", 3, ("far", "shop"), "agency"),
    "T36": ("run-out", 25, ("near",), "agency"),
    "T39": ("silent-judged", 2, ("sail",), "platform"),
}
# road, days since its last act, dispute, language, respondent, body
DESKS = (
    ("lodged", 0, "T29", "en", "far", "city"), ("lodged", 1, "T01", CHINESE, "near", "city"),
    ("lodged", 3, "T05", CHINESE, "far", "city"), ("lodged", 6, "T12", CHINESE, "sail", "city"),
    ("unknown", 1, "T07", CHINESE, "", "city"), ("completed", 0, "T36", CHINESE, "", "city"),
    ("returned", 1, "T18", "ja", "monkey", "city"), ("supplemented", 0, "T09", CHINESE, "far", "city"),
    ("refusal-waiting", 0, "T25", CHINESE, "near", "city"), ("transfer-waiting", 0, "T03", CHINESE, "near", "city"),
    ("taken-over", 3, "T33", CHINESE, "shop", "city"), ("lodged", 1, "T20", CHINESE, "cape", "west"),
    ("accepted", 1, "T03", CHINESE, "far", "city"), ("accepted", 9, "T12", CHINESE, "sail", "east"),
    ("sent", 1, "T07", "en", "far", "city"), ("sent", 6, "T39", CHINESE, "cape", "city"),
    ("served", 1, "T01", CHINESE, "far", "city"), ("answer-soon", 1, "T29", CHINESE, "near", "city"),
    ("silent", 2, "T09", CHINESE, "cape", "city"), ("reminder-asked", 0, "T39", CHINESE, "sail", "city"),
    ("reminded", 1, "T20", CHINESE, "far", "city"), ("silent", 4, "T33", CHINESE, "shop", "east"),
    ("denied", 1, "T25", CHINESE, "near", "city"), ("not-ours", 1, "T36", "en", "near", "city"),
    ("invited", 1, "T05", CHINESE, "far", "city"), ("answered", 0, "T18", CHINESE, "monkey", "city"),
    ("asked", 0, "T07", CHINESE, "far", "city"), ("seat-declined", 1, "T12", CHINESE, "sail", "city"),
    ("talking", 0, "T01", "en", "far", "city"), ("joined", 0, "T20", CHINESE, "far", "city"),
    ("talking", 1, "T18", "ja", "monkey", "city"), ("offering", 0, "T05", CHINESE, "near", "city"),
    ("last-offer", 1, "T03", "en", "far", "city"), ("last-offer", 2, "T29", CHINESE, "cape", "city"),
    ("agreed", 0, "T09", CHINESE, "far", "city"), ("drafted", 0, "T36", CHINESE, "near", "city"),
    ("half-signed", 0, "T07", CHINESE, "far", "city"), ("signed", 5, "T01", CHINESE, "near", "city"),
    ("reported", 1, "T12", CHINESE, "sail", "city"), ("disputed", 0, "T39", CHINESE, "cape", "city"),
    ("urging-proposed", 0, "T33", CHINESE, "far", "city"), ("urging", 1, "T29", CHINESE, "near", "city"),
    ("urging-overdue", 3, "T09", CHINESE, "cape", "city"), ("urging-replied", 0, "T30", CHINESE, "far", "city"),
    ("urging-mediator", 1, "T25", CHINESE, "near", "city"), ("terminated-unsigned", 1, "T05", CHINESE, "far", "city"),
    ("at-court", 1, "T03", CHINESE, "near", "city"), ("under-examination", 0, "T07", "en", "far", "city"),
    ("confirmation-refused", 1, "T29", CHINESE, "cape", "city"), ("breached", 6, "T12", CHINESE, "sail", "city"),
    ("filed", 1, "T36", CHINESE, "near", "city"), ("suit-returned", 0, "T12", CHINESE, "sail", "city"),
    ("suit-registered", 1, "T07", "en", "far", "city"), ("suit-refused", 1, "T25", CHINESE, "near", "city"),
    ("suit-mediating", 1, "T20", CHINESE, "far", "city"),
)  # fmt: skip
# road, days since its last act, dispute, respondent, body, mediator: entered at a counter, or sent by a hotline
COUNTER = (
    ("counter", 2, "T09", "far", "city", "mediator"), ("council", 3, "T33", "shop", "council", "council-mediator"),
    ("hotline", 4, "T07", "near", "city", "mediator2"), ("hotline-owed", 1, "T20", "far", "city", "mediator3"),
    ("counter-open", 0, "T05", "near", "city", "mediator"),
)  # fmt: skip
AROUND = (date(2026, 3, 14), date(2026, 3, 15))
BEYOND = 100  # repetitions are numbered from here on
REPEATABLE = (
    "performed", "performed", "performed-as-reported", "breached", "terminated", "withdrawn", "settled", "declined",
    "refused", "transferred", "silent-to-the-end", "talking", "lodged", "served", "urging-closed", "refusal-rejected",
)  # fmt: skip


@dataclass(frozen=True)
class Script:
    """A part, its road, and the day of the complaint."""

    part: Part
    road: str
    start: date


def standard(on: date, chance: random.Random) -> Iterator[Script]:
    """Every published dispute to an end, the desks full, and one set on the days on which they were published."""
    for number, (dispute, (name, ago, respondents, kind)) in enumerate(ENDS.items()):
        case = published()[dispute]
        start = on - timedelta(days=1 + ago + length(road(name)))
        yield Script(_part(f"end-{dispute}", case, number, respondents, kind), name, start)
    for number, (name, ago, dispute, tongue, respondent, body) in enumerate(DESKS):
        start = on - timedelta(days=1 + ago + length(road(name)))
        part = _desk(f"desk-{number}", published()[dispute], len(ENDS) + number, tongue, respondent, body, chance)
        yield Script(part, name, start)
    yield from _on_their_days(on)
    yield from _at_the_counter(on, chance)


def repeated(on: date, chance: random.Random, count: int) -> Iterator[Script]:
    """The same disputes with other people, days and amounts, for as many cases as are wanted."""
    cases = list(published().values())
    for number in range(BEYOND, BEYOND + count):
        case, name = cases[number % len(cases)], chance.choice(REPEATABLE)
        kind = ENDS[case.id][3]
        start = on - timedelta(days=1 + chance.randint(0, 300) + length(road(name)))
        part = _desk(f"more-{number}", case, number, CHINESE, ENDS[case.id][2][0], "city", chance, kind)
        yield Script(part, name, start)


def _on_their_days(on: date) -> Iterator[Script]:
    for number, (dispute, (name, _, respondents, kind)) in enumerate(ENDS.items()):
        case = published()[dispute]
        start = _day(case.published)
        name = BEFORE_COURT.get(name, name) if start < CONFIRMING else name
        if start + timedelta(days=length(road(name))) < on:
            part = _part(f"own-{dispute}", case, len(ENDS) + len(DESKS) + number, respondents, kind, OWN_DATE)
            yield Script(part, name, start)
    for number, start in enumerate(AROUND):
        if start < on:
            part = _part(f"around-{number}", published()["T01"], 2 * len(ENDS) + len(DESKS) + number, ("far",), "agency", BOUNDARY)
            yield Script(part, "performed", start)


def _at_the_counter(on: date, chance: random.Random) -> Iterator[Script]:
    first = 2 * len(ENDS) + len(DESKS) + len(AROUND)
    for number, (name, ago, dispute, respondent, body, mediator) in enumerate(COUNTER):
        start = on - timedelta(days=1 + ago + length(road(name)))
        part = _desk(f"counter-{number}", published()[dispute], first + number, CHINESE, respondent, body, chance)
        yield Script(replace(part, mediator=mediator), name, start)


def _day(text: str) -> date:
    """The day of publication; the middle of what was published where only a month or a year is known."""
    return date.fromisoformat(text + {4: "-06-15", 7: "-15"}.get(len(text), ""))


def _part(
    key: str, case: Published, number: int, respondents: tuple[str, ...], kind: str, more: str = ""
) -> Part:
    amount = case.settled or case.awarded or (case.claim * SHARE).quantize(Decimal(1))
    claim = max(case.claim, amount)
    return Part(
        key=key, dispute=case, note="；".join(filter(None, (_note(case), more))), tourist=_name(CHINESE, number),
        respondents=respondents, mediator=MEDIATORS[number % len(MEDIATORS)], claim=claim, amount=amount,
        people=case.people, kind=kind,
    )  # fmt: skip


def _note(case: Published) -> str:
    """What of the end was published, and what the script made up."""
    if case.settled:
        return PUBLISHED_TERMS
    if case.awarded:
        return PUBLISHED_JUDGMENT
    return {"T05": OWN_JUDGMENT, "T29": OWN_TERMS}.get(case.id, OWN_END)


def _desk(
    key: str, case: Published, number: int, tongue: str, respondent: str, body: str, chance: random.Random, kind: str = ""
) -> Part:
    claim = varied(case.claim, chance)
    return Part(
        key=key, dispute=case, note=REPEATED, tongue=tongue, tourist=_name(tongue, number), body=body,
        respondents=(respondent,) if respondent else ("near",), typed="" if respondent else "近水旅行（门店）",
        mediator=MEDIATORS[number % len(MEDIATORS)], claim=claim, amount=(claim * SHARE).quantize(Decimal(1)),
        kind=kind or ENDS[case.id][3], market="domestic" if tongue == CHINESE else "inbound",
    )  # fmt: skip


def _name(tongue: str, number: int) -> str:
    """A family name and a given name of the lists, another for each number; a repetition carries its number."""
    told = data("cast")["tourists"][tongue]
    family, given = told["family"], told["given"]
    name: str = told["join"].join((family[number % len(family)], given[number // len(family) % len(given)]))
    return name + (str(number) if number >= BEYOND else "")
