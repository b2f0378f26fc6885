"""What the package imports is what it declares: nothing works by the accident of somebody else's needs."""

import ast
import configparser
import re
import sys
from importlib.metadata import packages_distributions

from tests.architecture import tree

COME_WITH = {"werkzeug", "jinja2", "itsdangerous", "markupsafe", "asn1crypto", "pyhanko-certvalidator"}  # flask's, pyhanko's
LOCKS = ("requirements.lock", "requirements-dev.lock")


def declared(*sections):
    config = configparser.RawConfigParser()
    config.read(tree.ROOT / "setup.cfg")
    lines = "\n".join(config[section][option] for section, option in sections).splitlines()
    return {re.split(r"[\[<>=~ ]", line, maxsplit=1)[0].lower() for line in lines if line}


def imported(paths):
    names = set()
    for path in paths:
        for node in ast.walk(tree.parsed(path)):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module.split(".")[0])
    return names - set(sys.stdlib_module_names) - {"tourism_odr", "tests"}


def test_every_import_of_the_package_is_declared():
    known = declared(("options", "install_requires"), ("options.extras_require", "streams")) | COME_WITH
    distributions = packages_distributions()

    strangers = {
        name
        for name in imported(tree.code())
        if not {owner.lower().replace("_", "-") for owner in distributions.get(name, [name])} & known
    }

    assert strangers == set()


def test_locks_pin_every_package_with_hashes_and_name_no_index():
    for lock in LOCKS:
        lines = (tree.ROOT / lock).read_text("utf-8").splitlines()
        heads = [line for line in lines if line and not line.startswith((" ", "#"))]

        assert all(re.fullmatch(r"[a-z0-9-]+(\[[a-z,]+\])?==\S+( ; .*)? \\", line) for line in heads), lock
        assert not [line for line in lines if "://" in line or "index-url" in line or "find-links" in line]


def test_every_declared_package_is_in_the_lock():
    lock = (tree.ROOT / "requirements.lock").read_text("utf-8")

    missing = {name for name in declared(("options", "install_requires")) if f"\n{name}==" not in f"\n{lock}"}

    assert missing == set()
