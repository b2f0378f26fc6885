"""Verify finds a file that is missing or was altered."""

from sqlalchemy import select

from tests import builders
from tourism_odr.cases import rendering
from tourism_odr.cases.models import Document, DocumentFile
from tourism_odr.db import db
from tourism_odr.operations.files import wrong_files


def test_a_whole_store_has_nothing_wrong_and_a_lost_file_is_named(app, settings):
    made = builders.a_case()
    rendering.file_of(db.session().scalars(select(Document)).one(), "en", made.at)
    store = app.extensions["odr_evidence"]
    digest = db.session().scalars(select(DocumentFile.digest)).one()

    before = list(wrong_files(store))
    next(settings.data_dir.rglob(digest)).unlink()
    after = list(wrong_files(store))

    assert before == []
    assert after == [after[0]]
    assert f"{digest} is missing" in after[0]


def test_an_altered_file_is_named(app, settings):
    made = builders.a_case()
    rendering.file_of(db.session().scalars(select(Document)).one(), "en", made.at)
    digest = db.session().scalars(select(DocumentFile.digest)).one()
    file = next(settings.data_dir.rglob(digest))
    file.chmod(0o600)
    file.write_bytes(b"other")

    found = list(wrong_files(app.extensions["odr_evidence"]))

    assert [line.endswith("was altered") for line in found] == [True]
