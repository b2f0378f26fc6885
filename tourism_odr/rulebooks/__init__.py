"""The numbers of the law as dated data, and the counting of days with its explanation.

Each TOML file under ``data/`` is one version of one series (a law, an ordinance, the house rules).  A profile
lays the versions valid on a day over each other; a clock remembers that version, so new law never moves it.
See docs/rulebooks.md.
"""

from tourism_odr.rulebooks.calendars import days_left
from tourism_odr.rulebooks.counting import Count, Due, Pause, count_days, fixed, recount
from tourism_odr.rulebooks.daily import Day, days
from tourism_odr.rulebooks.explaining import agreed, calendar_of, cited, explain, zone_of
from tourism_odr.rulebooks.loading import BadRulebook
from tourism_odr.rulebooks.rules import ClockRule, DocumentName, Ground
from tourism_odr.rulebooks.shelf import (
    NoRulebook,
    Rulebook,
    by_version,
    every_rule,
    find_rule,
    local_zone,
    profile,
    profile_title,
    profiles,
    rule_names,
)
from tourism_odr.rulebooks.terms import BASES, EVENTS, GRADES, ROUTES, WEAK, WHO

__all__ = [
    "BASES",
    "EVENTS",
    "GRADES",
    "ROUTES",
    "WEAK",
    "WHO",
    "BadRulebook",
    "ClockRule",
    "Count",
    "Day",
    "DocumentName",
    "Due",
    "Ground",
    "NoRulebook",
    "Pause",
    "Rulebook",
    "agreed",
    "by_version",
    "calendar_of",
    "cited",
    "count_days",
    "days",
    "days_left",
    "every_rule",
    "explain",
    "find_rule",
    "fixed",
    "local_zone",
    "profile",
    "profile_title",
    "profiles",
    "recount",
    "rule_names",
    "zone_of",
]
