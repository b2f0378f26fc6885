"""Ask ``tourism-odr calc`` as somebody outside does: by arguments, or by lines."""

import json
from typing import Any

from click.testing import CliRunner, Result

from tourism_odr.cli import main


def arguments(asked: dict[str, Any]) -> list[str]:
    """The arguments of one call."""
    words = ["calc", str(asked["calc"])]
    for name, value in asked.items():
        if name == "calc" or value is False:
            continue
        words += [f"--{name.replace('_', '-')}", *([] if value is True else [str(value)])]
    return [*words, "--json"]


def call(*words: str) -> Result:
    """One call inside this process."""
    return CliRunner().invoke(main, list(words))


def ask(asked: dict[str, Any]) -> dict[str, Any]:
    """What one call answers."""
    done = call(*arguments(asked))
    assert done.exit_code == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def lines(*asked: object) -> list[dict[str, Any]]:
    """What ``calc batch`` answers; a text is sent as it is, anything else as JSON."""
    text = "".join((one if isinstance(one, str) else json.dumps(one)) + "\n" for one in asked)
    done = CliRunner().invoke(main, ["calc", "batch"], input=text)
    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.stdout.splitlines()]
