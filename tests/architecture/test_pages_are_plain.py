"""Templates without inline code, style sheets without left and right, scripts without evaluation."""

import re

from tests.architecture import tree
from tourism_odr.cases.lifecycle import TABLES

PHYSICAL = re.compile(
    r"""(?x)
    (?:margin|padding|border|inset|scroll-(?:margin|padding))-(?:left|right|top|bottom)(?:-\w+)*\s*:
    | (?:^|[{;\s])(?:left|right)\s*:
    | (?:text-align|float|clear)\s*:\s*(?:left|right)
    | border-(?:top|bottom)-(?:left|right)-radius
    """
)
INLINE = re.compile(r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|<script(?![^>]*\ssrc=)(?![^>]*application/json)", re.I)


def matches(pattern: re.Pattern[str], *suffixes: str) -> list[str]:
    return [
        f"{tree.name(path)}:{number}: {line.strip()[:60]}"
        for path in tree.of_kind(*suffixes, under=("tourism_odr", "templates"))
        if "vendor" not in path.parts
        for number, line in enumerate(_without_comments(path.read_text("utf-8")).splitlines(), 1)
        if pattern.search(line)
    ]


def _without_comments(text: str) -> str:
    blank = lambda found: "\n" * found.group().count("\n")  # noqa: E731 - keeps the line numbers
    return re.sub(r"/\*.*?\*/|\{#.*?#\}|<!--.*?-->", blank, text, flags=re.DOTALL)


def test_style_sheets_know_no_left_and_right():
    assert matches(PHYSICAL, ".css") == []


def test_templates_carry_no_inline_style_script_or_handler():
    pages = [line for line in matches(INLINE, ".html") if not line.startswith("templates/notices/")]

    assert pages == []


def test_scripts_evaluate_nothing_and_write_no_markup():
    assert matches(re.compile(r"\beval\(|new Function|\.(?:inner|outer)HTML\s*=|insertAdjacentHTML|document\.write"), ".js") == []


def test_no_template_compares_with_a_stage():
    stages = "|".join(sorted({re.escape(stage) for table in TABLES.values() for stage in table.stages}))

    assert matches(re.compile(rf"stage\s*(?:==|!=|in)\s*[\[(]?\s*[\"'](?:{stages})[\"']"), ".html") == []


def test_nothing_is_fetched_from_elsewhere():
    assert matches(re.compile(r"(?:src|href|url)\s*[=(]\s*[\"']?(?:https?:)?//(?!www\.w3\.org)"), ".html", ".css") == []
