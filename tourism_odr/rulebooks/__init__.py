"""The numbers of the law as dated data, and the counting of days with its explanation.

Each TOML file under ``data/`` is one version of one series (a law, an ordinance, the house rules).  A profile
lays the versions valid on a day over each other; a clock remembers that version, so new law never moves it.
See docs/rulebooks.md.
"""

from tourism_odr.rulebooks.calendars import days_left
from tourism_odr.rulebooks.counting import Due, fixed
from tourism_odr.rulebooks.explaining import Day, agreed, cited, days, explain
from tourism_odr.rulebooks.loading import BadRulebook
from tourism_odr.rulebooks.rules import ClockRule, DocumentName, Ground
from tourism_odr.rulebooks.shelf import NoRulebook, Rulebook, by_version, profile, profiles
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
    "Day",
    "DocumentName",
    "Due",
    "Ground",
    "NoRulebook",
    "Rulebook",
    "agreed",
    "by_version",
    "cited",
    "days",
    "days_left",
    "explain",
    "fixed",
    "profile",
    "profiles",
]
