"""A tourist who fills in the pages, for tests of lodging."""

import re
from datetime import UTC, date, datetime
from io import BytesIO
from uuid import UUID

from PIL import Image
from werkzeug.test import TestResponse

from tests.pages import PageClient
from tourism_odr.db import unit_of_work
from tourism_odr.people import organisations
from tourism_odr.people.models import OrganisationKind

AT = datetime(2026, 10, 9, 1, 0, tzinfo=UTC)

ANSWERS: dict[str, dict[str, str]] = {
    "problem": {"category": "service_downgrade"},
    "whom": {"named": "远山旅行社", "kind": "agency"},
    "trip": {
        "order": "YS-2026-77", "first-year": "2026", "first-month": "10", "first-day": "1", "last-year": "2026",
        "last-month": "11", "last-day": "20", "travellers": "2", "fee": "4400", "currency": "CNY", "market": "domestic", "place": "",
    },
    "story": {"story": "The hotel was two classes lower than promised."},
    "wish": {"wants": "refund", "refund": "1,400", "compensation": "", "mediation": "yes", "told": "no", "told_what": ""},
    "contact": {"name": "Lin Xiaotong", "phone": "138 1234 5678", "email": "", "language": "en", "served": "contact"},
}  # fmt: skip


def found_bodies() -> tuple[UUID, UUID]:
    """One complaint body for the city and one travel agency in the register."""
    with unit_of_work():
        body = organisations.register_organisation(
            OrganisationKind.BODY, "浦江市旅游质量监督所", at=AT, name_en="Pujiang Tourism Quality Office",
            code="沪演", territory="310000", level="city",
        )  # fmt: skip
        agency = organisations.register_operator(
            "浦江云帆国际旅行社有限公司", at=AT, source="register", source_day=date(2026, 1, 1), territory="310106",
            licence="L-SH-00001",
        )  # fmt: skip
    return body, agency


def hidden(page: TestResponse) -> dict[str, str]:
    """The hidden fields of the page's own form."""
    html = page.get_data(as_text=True)
    form = html[html.index('id="page-form"') :]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form.split("</form>")[0]))


def fill(client: PageClient, page: str, locale: str = "en", **changed: str) -> TestResponse:
    """Open a page of the complaint and send it."""
    address = f"/{locale}/complain/{page}"
    return client.post(address, data={**hidden(client.get(address)), **ANSWERS[page], **changed})


def fill_all(client: PageClient, **changed: dict[str, str]) -> None:
    """All pages, in their order."""
    for page in ANSWERS:
        answer = fill(client, page, **changed.get(page, {}))
        assert answer.status_code == 303, answer.get_data(as_text=True)


def send(client: PageClient, **more: str) -> TestResponse:
    """The last page: agreed, and sent."""
    page = client.get("/en/complain/check")
    return client.post("/en/complain/check", data={**hidden(page), "sharing": "y", "true": "y", **more})


def photo(colour: str = "red") -> BytesIO:
    """A small picture as a phone makes it."""
    out = BytesIO()
    Image.new("RGB", (64, 48), colour).save(out, "JPEG")
    out.seek(0)
    return out
