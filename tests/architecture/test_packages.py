"""What is installed is what is in the tree, and the slices look alike."""

import configparser

from tests.architecture import tree

FILES = {"__init__", "blueprint", "commands", "forms", "models", "purge", "queries", "routes"}
TOP_LEVEL = {
    ".ci", ".env.example", ".gitattributes", ".gitignore", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md",
    "LICENSE", "Makefile", "README.md", "SECURITY.md", "babel.cfg", "docs", "migrations", "pyproject.toml",
    "requirements-dev.lock", "requirements.lock", "ruff.toml", "scripts", "setup.cfg", "templates", "tests", "tourism_odr",
}  # fmt: skip


def test_the_list_of_packages_equals_the_tree():
    config = configparser.RawConfigParser()
    config.read(tree.ROOT / "setup.cfg")
    listed = set(config["options"]["packages"].split())

    inits = [path for path in tree.code() if path.name == "__init__.py"] + tree.of_kind(".py", under=("templates",))
    found = {_package(path.parent.relative_to(tree.ROOT).as_posix()) for path in inits if path.name == "__init__.py"}

    assert found == listed


def _package(folder: str) -> str:
    dotted = folder.replace("/", ".")
    return dotted if dotted.startswith("tourism_odr") else f"tourism_odr.{dotted}"


def test_every_folder_with_python_in_it_is_a_package():
    bare = {tree.name(path.parent) for path in tree.code() if not (path.parent / "__init__.py").exists()}

    assert bare == set()


def test_slices_have_the_same_files():
    odd = []
    for slice_name in tree.SLICES:
        folder = tree.PACKAGE / slice_name
        inside = {path.stem if path.suffix == ".py" else path.name for path in folder.iterdir() if path.name != "__pycache__"}
        odd += [f"{slice_name}/{name}" for name in inside - FILES]
        odd += [f"{slice_name} lacks {name}" for name in {"__init__", "routes"} - inside]

    assert odd == []


def test_the_top_level_is_tidy():
    found = {tree.name(path).split("/")[0] for path in tree.tracked()}

    assert found - TOP_LEVEL == set()


def test_tests_lie_in_the_tree_of_what_they_test():
    beside = {"architecture", "journeys", "proofs", "bench", "house", "migrations", "matrix", "languages"}
    folders = {tree.name(path).split("/")[1] for path in tree.of_kind(".py", under=("tests",)) if tree.name(path).count("/") > 1}

    unknown = {folder for folder in folders if not (tree.PACKAGE / folder).exists()} - beside

    assert unknown == set()
