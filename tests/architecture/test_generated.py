"""What the code writes is what is in the tree: docs, catalogues, tables."""

import subprocess
import sys

import pytest

from tests.architecture import generated, tree
from tourism_odr.operations import migrations


@pytest.mark.parametrize("path", sorted(generated.pages()))
def test_generated_pages_are_up_to_date(path):
    assert (tree.ROOT / path).read_text("utf-8") == generated.pages()[path], "run: make docs"


def test_every_catalogue_is_whole():
    command = [sys.executable, "scripts/catalogue.py", "--check"]

    done = subprocess.run(command, cwd=tree.ROOT, check=False, capture_output=True, text=True)

    assert (done.stdout, done.returncode) == ("", 0), "run: make catalogues, then translate"


def test_the_tables_at_head_equal_the_models(app):
    migrations.check_models()

    assert migrations.current() == migrations.head()


def test_migrations_are_numbered_in_one_chain():
    numbers = sorted(path.stem[:4] for path in (tree.ROOT / "migrations" / "versions").glob("[0-9]*.py"))

    assert numbers == [f"{n:04d}" for n in range(1, len(numbers) + 1)]
    assert migrations.head() == numbers[-1]


def test_every_template_gives_its_sentences_to_the_catalogues():
    (catalogue,) = (tree.ROOT / "tourism_odr" / "translations").glob("*/LC_MESSAGES/messages.po")
    taken = set(catalogue.read_text("utf-8").split())

    speaking = {
        str(path.relative_to(tree.ROOT))
        for path in (tree.ROOT / "templates").rglob("*")
        if path.suffix in (".html", ".txt") and "_(" in path.read_text("utf-8")
    }

    assert len(speaking) > 100
    assert speaking <= taken, sorted(speaking - taken)
