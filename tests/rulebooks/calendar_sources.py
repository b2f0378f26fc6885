"""Compare two published calendars of days off day by day and write the committed data from them.

``python -m tests.rulebooks.calendar_sources`` prints where they differ; ``--write`` writes the data file.
A new year is added by updating both packages, running this, and settling each difference by the notice.
"""

import sys
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.resources import files
from itertools import groupby
from pathlib import Path

import chinese_calendar  # type: ignore[import-untyped]  # ships no types
import holidays as other_source
from chinese_calendar.constants import holidays as off_names  # type: ignore[import-untyped]  # ships no types
from chinese_calendar.constants import workdays as work_names

FIRST, LAST = 2004, 2026

CODES = {
    "New Year's Day": "new-year",
    "Spring Festival": "spring-festival",
    "Tomb-sweeping Day": "tomb-sweeping",
    "Labour Day": "labour-day",
    "Dragon Boat Festival": "dragon-boat",
    "Mid-autumn Festival": "mid-autumn",
    "National Day": "national-day",
    "Anti-Fascist 70th Day": "victory-2015",
}

SETTLED = {
    date(2005, 12, 31): (
        "new-year",
        "The sources differ. Both count Monday 2 and Tuesday 3 January 2006 as off for one holiday on Sunday "
        "1 January; the second of the two days can only have been moved from this Saturday: so it was worked.",
    ),
}
"""Days on which the sources differ, settled as working days, with the reason."""

HEAD = """# Days off and make-up working days announced by the General Office of the State Council, year by year.
# Written by tests/rulebooks/calendar_sources.py from two sources that agree, but for the days under [settled].
# A year that is not listed is provisional: weekends and fixed days, and every date that rests on it says so.
id = "cn"
zone = "Asia/Shanghai"
source = "国务院办公厅关于部分节假日安排的通知"
# Known of every year by law (Measures on Public Holidays of 2024, article 2): what a year not yet announced rests on.
yearly = [
  "01-01 new-year", "05-01 labour-day", "05-02 labour-day",
  "10-01 national-day", "10-02 national-day", "10-03 national-day",
]
"""


def days() -> Iterator[date]:
    """Every day of the years compared."""
    day = date(FIRST, 1, 1)
    while day.year <= LAST:
        yield day
        day += timedelta(days=1)


def differences() -> list[date]:
    """Days that one source counts as working and the other as off."""
    second = other_source.country_holidays("CN", years=range(FIRST, LAST + 1))
    return [day for day in days() if chinese_calendar.is_workday(day) != second.is_working_day(day)]


def works(day: date) -> bool:
    """Whether ``day`` was a working day, with differences settled."""
    return day in SETTLED or chinese_calendar.is_workday(day)


def year_table(year: int) -> str:
    """The TOML table of one year: ranges of days off, single days worked."""
    named = sorted((day, CODES[name]) for day, name in off_names.items() if day.year == year)
    made_up = {day: CODES[name] for day, name in work_names.items() if day.year == year}
    made_up |= {day: code for day, (code, _) in SETTLED.items() if day.year == year}
    runs = groupby(enumerate(named), key=lambda item: (item[1][0].toordinal() - item[0], item[1][1]))
    lines = [f"\n[year.{year}]", "off = ["]
    for (_, code), run in runs:
        span = [day for _, (day, _) in run]
        lines.append(f'  "{span[0]}..{span[-1]} {code}",')
    worked = [f'  "{day} {code}",' for day, code in sorted(made_up.items())]
    return (
        "\n".join([*lines, "]", "work = [", *worked, "]"])
        if worked
        else "\n".join([*lines, "]", "work = []"])
    )


def text() -> str:
    """The whole data file."""
    settled = "".join(f'\n[settled]\n"{day}" = "{why}"\n' for day, (_, why) in SETTLED.items())
    return HEAD + settled + "\n".join(year_table(year) for year in range(FIRST, LAST + 1)) + "\n"


def main() -> int:
    """Print the differences; with ``--write`` also write the data file."""
    for day in differences():
        sys.stdout.write(f"{day}: {'settled' if day in SETTLED else 'NOT SETTLED'}\n")
    if "--write" in sys.argv:
        target = files("tourism_odr.rulebooks") / "data" / "calendars" / "cn.toml"
        Path(str(target)).write_text(text(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
