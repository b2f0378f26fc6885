"""What the code writes is what is in the tree: docs, catalogues, tables."""

import subprocess
import sys

import pytest
from babel.messages.pofile import read_po

from tests.architecture import generated, tree
from tourism_odr.operations import migrations
from tourism_odr.text import LOCALES, babel_locale

SOURCE = "en"


@pytest.mark.parametrize("path", sorted(generated.pages()))
def test_generated_pages_are_up_to_date(path):
    assert (tree.ROOT / path).read_text("utf-8") == generated.pages()[path], "run: make docs"


@pytest.fixture(scope="module")
def sentences(tmp_path_factory):
    """Every sentence of the code, collected as `make catalogues` does it."""
    target = tmp_path_factory.mktemp("catalogue") / "messages.pot"
    subprocess.run(
        [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", "-F", "babel.cfg",
         "-k", "N_", "-k", "M", "-k", "lazy_gettext", "-o", str(target), "."],
        cwd=tree.ROOT, check=True,
    )
    with target.open("rb") as file:
        return {message.id for message in read_po(file) if message.id}


@pytest.mark.parametrize("locale", [locale for locale in LOCALES if locale != SOURCE])
def test_every_sentence_is_translated(sentences, locale):
    file = tree.PACKAGE / "translations" / str(babel_locale(locale)) / "LC_MESSAGES" / "messages.po"
    with file.open("rb") as opened:
        catalogue = read_po(opened)

    translated = {m.id for m in catalogue if m.id and m.string and all([m.string] if isinstance(m.string, str) else m.string)}

    assert sorted(map(str, sentences - translated)) == [], "run: make catalogues, then translate"


@pytest.mark.parametrize("locale", [locale for locale in LOCALES if locale != SOURCE])
def test_no_translation_loses_a_placeholder(locale):
    file = tree.PACKAGE / "translations" / str(babel_locale(locale)) / "LC_MESSAGES" / "messages.po"
    with file.open("rb") as opened:
        catalogue = read_po(opened)

    wrong = [f"{message.id}: {error}" for message, errors in catalogue.check() for error in errors]

    assert wrong == []


def test_the_tables_at_head_equal_the_models(app):
    migrations.check_models()

    assert migrations.current() == migrations.head()


def test_migrations_are_numbered_in_one_chain():
    numbers = sorted(path.stem[:4] for path in (tree.ROOT / "migrations" / "versions").glob("[0-9]*.py"))

    assert numbers == [f"{n:04d}" for n in range(1, len(numbers) + 1)]
    assert migrations.head() == numbers[-1]
