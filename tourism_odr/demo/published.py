"""The published disputes that the demo is made of, and what varies when they are repeated."""

import random
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from tourism_odr.demo.cast import data

OWN_CLAIM = Decimal(1200)  # where nothing was published, a script asks for this


@dataclass(frozen=True)
class Published:
    """One dispute as it was published; ``settled`` and ``awarded`` only where an amount was."""

    id: str
    facts: dict[str, str]
    category: str
    people: int
    claim: Decimal
    settled: Decimal | None
    awarded: Decimal | None  # by a judgment: its amount, or the published share of what was asked for
    outcome: str
    forum: str
    published: str

    @property
    def source_note(self) -> str:
        """Where it was published: a note beside the case, never a party of it."""
        return f"{self.forum or '公开报道'} {self.published}（{self.id}）"


@cache
def published() -> dict[str, Published]:
    """All of them by id."""
    return {entry["id"]: _read(entry) for entry in data("cases")["cases"]}


def _read(entry: dict[str, object]) -> Published:
    money = entry["money_cny"]
    if not isinstance(money, dict):
        raise TypeError("money_cny")
    each = money.get("fee_each") or money.get("demand_each")
    asked = money.get("claim") or money.get("fee_total") or each or money.get("paid")
    settled = money.get("settled_total")
    share = money.get("liability_pct")
    awarded = money.get("awarded") or (share and Decimal(str(asked)) * Decimal(str(share)) / 100)
    people = int(str(entry["party_count"]))
    return Published(
        id=str(entry["id"]),
        facts={"zh-Hans": str(entry["facts_zh"]), "en": str(entry["facts_en"])},
        category=str(entry["category"]),
        people=people,
        claim=Decimal(str(asked or settled or OWN_CLAIM)),
        settled=Decimal(str(settled)) if settled else None,
        awarded=Decimal(str(awarded)) if awarded else None,
        outcome=str(entry["outcome_zh"]),
        forum=str(entry["forum"]),
        published=str(entry["published"]),
    )


def varied(amount: Decimal, chance: random.Random) -> Decimal:
    """Another amount of the same size, in whole tens."""
    return max(Decimal(10), (amount * chance.randint(60, 140) / 1000).quantize(Decimal(1)) * 10)
