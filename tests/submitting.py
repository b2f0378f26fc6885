"""Fill in a form as a person does: fetch the page, keep its hidden fields, send what was typed."""

import re
from collections.abc import Mapping
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.pages import PageClient
from tourism_odr.db import db

HIDDEN = re.compile(r'<input type="hidden" name="(csrf_token|seen)" value="([^"]*)"')


def submit(client: FlaskClient, address: str, typed: Mapping[str, Any], *, to: str = "") -> TestResponse:
    """POST ``typed`` to the address of the page (or to another form of it), with what its forms carry hidden."""
    page = client.get(address)
    assert page.status_code == 200, f"{address}: {page.status_code}"
    carried = dict(HIDDEN.findall(page.get_data(as_text=True)))
    return client.post(to or address, data={**carried, **typed})


class ApartClient(PageClient):
    """Each request in a context of its own, as on a server: several visitors, and rows read afresh afterwards."""

    def open(self, *args: object, **kwargs: object) -> TestResponse:
        db.session.rollback()
        with self.application.app_context():
            return super().open(*args, **kwargs)
