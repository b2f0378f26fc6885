"""A result as a browser shows it: axe finds nothing, nothing scrolls sideways, on a telephone and on a desk."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tourism_odr.text import say

WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def fills(page: Any, **given: str) -> None:
    for name, value in given.items():
        field = page.locator(f"[name={name}]")
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


@pytest.mark.parametrize(("locale", "width"), [("zh-Hans", 390), ("en", 1280)])
def test_a_computed_amount_and_a_counted_date_are_clean(
    server: str, new_browser: Callable[..., Any], artefacts: Path, locale: str, width: int
) -> None:
    page = new_browser(width=width).new_page()
    forms = {
        "cancellation": {"basis": "contract-2014", "market": "outbound", "by": "tourist", "days_before": "7", "fee": "6000"},
        "court-fee": {"amount": "224589.66"},
        "dates": {"start-year": "2026", "start-month": "9", "start-day": "30", "count": "5", "days": "working"},
    }
    for name, given in forms.items():
        page.goto(f"{server}/{locale}/amounts/{name}", wait_until="load")
        fills(page, **given)

        page.get_by_role("button", name=say("Compute", locale), exact=True).click()
        page.locator("#result").wait_for()

        page.screenshot(path=artefacts / f"amounts-{name}-{locale}-{width}.png", full_page=True)
        assert Axe().run(page).response["violations"] == []
        assert not page.evaluate(WIDER)
