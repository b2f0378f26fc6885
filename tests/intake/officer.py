"""An officer who works through pages: opens a form, fills it in, sends it."""

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.builders import TheCase
from tests.pages import PageClient
from tourism_odr.cases.models import Item as CaseItem
from tourism_odr.cases.models import ItemText, Place, Subject
from tourism_odr.clock import now
from tourism_odr.db import db, unit_of_work
from tourism_odr.people import organisations, persons
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import OrganisationKind
from tourism_odr.people.roles import Role


def some_time_ago() -> datetime:
    """Long enough that every step of a builder lies in the past, short enough for two working days."""
    return now() - timedelta(hours=20)


def hidden(page: TestResponse) -> dict[str, str]:
    """The hidden fields of the page's own form, the version that was seen among them."""
    html = page.get_data(as_text=True)
    form = html[html.index('id="page-form"') :]
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form.split("</form>")[0]))


def submit(client: PageClient, address: str, **typed: Any) -> TestResponse:
    """Open the form and send it."""
    return client.post(address, data={**hidden(client.get(address)), **typed})


def version(subject_id: UUID) -> int:
    """The version as a page would show it now."""
    found: int = db.session().execute(select(Subject.version).where(Subject.id == subject_id)).scalar_one()
    return found


def letters(case: TheCase, kind: str) -> list[str]:
    """What officers wrote into places of this kind."""
    rows = (
        select(ItemText.body).join(CaseItem, CaseItem.id == ItemText.item_id).join(Place, Place.id == CaseItem.place_id)
        .where(CaseItem.case_id == case.id, CaseItem.kind == "letter", Place.kind == kind).order_by(CaseItem.number)
    )  # fmt: skip
    return list(db.session().scalars(rows))


def another_body(at: datetime) -> Actor:
    """The officer of a body that has nothing to do with the case."""
    with unit_of_work():
        body = organisations.register_organisation(
            OrganisationKind.BODY, "邻区旅游质量监督所", at=at, code=f"邻{uuid4().hex[:4]}旅质", territory="310200", level="district"
        )
        person = persons.create_person(locale="zh-Hans", at=at, name="邻区经办")
        organisations.add_member(person, body, Role.OFFICER, at)
    return Actor(person, Role.OFFICER, body)
