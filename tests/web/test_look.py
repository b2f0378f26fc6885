"""The stylesheets stay small and know no direction of their own; the style guide is fit for everybody."""

import gzip
import re
from importlib.resources import files

import pytest

from tests.conftest import settings_for
from tests.pages import PageClient
from tourism_odr.config import Settings

STATIC = files("tourism_odr") / "static"
SHEETS = [file for file in STATIC.iterdir() if file.name.endswith(".css")]
MOST = 12 * 1024


@pytest.fixture
def settings(database_url: str, tmp_path_factory: pytest.TempPathFactory, keys_dir: object) -> Settings:
    """A demo, since only a demo shows the style guide."""
    return settings_for(database_url, tmp_path_factory.mktemp("look"), keys_dir, 8000, demo="1")  # type: ignore[arg-type]  # a path


def test_all_styles_together_weigh_little() -> None:
    packed = sum(len(gzip.compress(sheet.read_bytes(), 9)) for sheet in SHEETS)

    assert packed < MOST


def test_styles_have_no_physical_direction() -> None:
    physical = [sheet.name for sheet in SHEETS if re.search(r"\b(left|right)\b", sheet.read_text("utf-8"))]

    assert not physical


@pytest.mark.parametrize("locale", ["zh-Hans", "en"])
def test_every_part_of_a_page_is_well_formed(client: PageClient, locale: str) -> None:
    answer = client.get(f"/{locale}/styleguide")

    assert answer.status_code == 200
