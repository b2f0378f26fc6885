"""The worked numbers of tests/vectors.json as arguments and answers; they were computed by separate code."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

VECTORS: dict[str, Any] = json.loads((Path(__file__).parents[1] / "vectors.json").read_text("utf-8"), parse_float=str)
ON = "2023-01-10"
FEE = 6000

Worked = tuple[dict[str, Any], dict[str, Any]]


def worked() -> list[Worked]:
    """Every worked number: what is asked, and which answer must be among what comes back."""
    return [*dates(), *amounts()]


def dates() -> Iterator[Worked]:
    """The due dates; ERROR stands where the calendar was not published."""
    for row in VECTORS["deadlines"]:
        asked = {"calc": "deadline", "start": row["start"], "count": row["n"], "days": row["day_type"]}
        known = not row["due"].startswith("ERROR")
        yield asked, {"due": row["due"], "provisional": False} if known else {"provisional": True}


def amounts() -> Iterator[Worked]:
    """The amounts and percentages."""
    for row in VECTORS["court_fee"]:
        yield {"calc": "court-fee", "amount": row["claim"]}, {"full": row["full"], "half": row["half"]}
    for row in VECTORS["midtrip"]:
        asked = {"market": row["kind"], "fee": row["fee"], "days": row["days"], "done": row["done"]}
        yield {"calc": "midtrip"} | asked, {"deduct": row["deduct"]}
    for row in VECTORS["consumer55"]:
        yield {"calc": "fraud", "price": row["price"]}, {"add": f"{row['add']}.00"}
    for row in VECTORS["eu261"]:
        yield _flight(row), {"eur": row["eur"]}
    for row in VECTORS["small_claims_shanghai_2022"]:
        yield _claim(row), {"track": row["track"]}
    yield from bands()


def _flight(row: dict[str, Any]) -> dict[str, Any]:
    asked = {"calc": "eu261", "km": row["km"], "intra_eu": row["intra_eu"]}
    return asked | ({"rerouted_late_hours": row["rerouted_late_h"]} if "rerouted_late_h" in row else {})


def _claim(row: dict[str, Any]) -> dict[str, Any]:
    return {"calc": "small-claims", "province": "shanghai", "on": ON, "amount": row["claim"]}


def bands() -> Iterator[Worked]:
    """The percentages by days before departure."""
    names = {"std": "standard-2011", "contract": "contract-2014"}
    for row in VECTORS["bands"]:
        for column, percent in row.items():
            if column == "days_before":
                continue
            basis, market, by = column.split("_")
            asked = {"basis": names[basis], "market": market, "by": by, "days_before": row["days_before"], "fee": FEE}
            answer = {"percent": str(percent), "amount": f"{FEE * percent // 100}.00"}
            yield {"calc": "cancellation"} | asked, answer
