"""Docstrings where they are due, names that say something, and nothing of anybody's machine."""

import ast
import re

from tests.architecture import tree

EMPTY_NAMES = re.compile(r"^(utils?|helpers?|misc|common|manager)$")
MACHINES = re.compile(
    r"(?<![\w.])/(?:work|root|home/\w+)/[\w.]|pypi\.|registry\.npm|://(?:[\w-]+\.)*(?:mirror|artifactory|nexus)\b", re.I
)
NOT_TEXT = {".png", ".jpg", ".ttf", ".otf", ".ttc", ".woff2", ".pdf", ".webp", ".ico"}


def test_every_module_says_what_it_is_for():
    filled = [path for path in tree.of_kind(".py") if path.stat().st_size]

    silent = [tree.name(path) for path in filled if not ast.get_docstring(tree.parsed(path))]

    assert silent == []


def test_every_table_and_command_says_what_it_is_for():
    silent = []
    for path in tree.package():
        if path.name not in ("commands.py", "models.py") and not {"commands", "models"} & set(path.parts):
            continue
        for node in tree.parsed(path).body:
            public = isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_")
            if public and not ast.get_docstring(node):
                silent.append(f"{tree.name(path)}: {node.name}")

    assert silent == []


def test_no_module_or_class_has_a_name_that_says_nothing():
    modules = [tree.name(path) for path in tree.code() if EMPTY_NAMES.match(path.stem)]
    classes = [
        f"{tree.name(path)}: {node.name}"
        for path in tree.code()
        for node in ast.walk(tree.parsed(path))
        if isinstance(node, ast.ClassDef) and re.search(r"(Manager|Helper|Util)s?$", node.name)
    ]

    assert modules + classes == []


def test_no_tracked_file_names_a_machine_or_a_registry():
    found = []
    for path in tree.tracked():
        if path.suffix in NOT_TEXT or path.name == "test_words.py":
            continue
        for number, line in enumerate(path.read_text("utf-8", errors="ignore").splitlines(), 1):
            if MACHINES.search(line):
                found.append(f"{tree.name(path)}:{number}")

    assert found == []


def test_every_exception_from_a_rule_carries_its_reason():
    marks = re.compile(r"#\s*(?:noqa: [A-Z0-9, ]+|type: ignore\[[\w, -]+\])(?P<rest>.*)|#\s*(?P<bare>noqa|type: ignore)\s*$")
    bare = [
        f"{tree.name(path)}:{number}"
        for path in tree.code()
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if (found := marks.search(line)) and (found["bare"] or not re.search(r"\w{3}", found["rest"] or ""))
    ]

    assert bare == []
