"""Every worked number comes out: by call, by line, and in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.amounts.asking import arguments, ask, lines
from tests.amounts.worked import Worked, amounts, worked

PROGRAM = str(Path(sys.executable).with_name("tourism-odr"))


@pytest.mark.parametrize("case", worked(), ids=lambda case: " ".join(map(str, case[0].values())))
def test_a_call_gives_the_worked_number(case: Worked) -> None:
    asked, expected = case

    answer = ask(asked)

    assert answer | expected == answer


def test_lines_give_the_same_answers_as_calls() -> None:
    every = worked()

    answers = lines(*(asked for asked, _ in every))

    assert [answer | expected for answer, (_, expected) in zip(answers, every, strict=True)] == answers
    assert answers == [ask(asked) for asked, _ in every]


@pytest.mark.parametrize("case", [worked()[3], next(amounts())], ids=["deadline", "court-fee"])
def test_the_installed_program_answers_with_one_object(case: Worked) -> None:
    asked, expected = case

    done = subprocess.run([PROGRAM, *arguments(asked)], check=True, capture_output=True, text=True)  # noqa: S603 - the project's own program

    answer = json.loads(done.stdout)
    assert answer | expected == answer
    assert done.stderr == ""


def test_the_installed_program_refuses_in_one_sentence() -> None:
    wrong = [PROGRAM, "calc", "fraud", "--price", "much", "--json"]

    done = subprocess.run(wrong, check=False, capture_output=True, text=True)  # noqa: S603 - the project's own program

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "--price must be an amount" in done.stderr


def test_the_command_line_of_amounts_loads_nothing_of_the_web() -> None:
    code = "import sys, tourism_odr.cli; print(sorted({'flask', 'sqlalchemy', 'wtforms'} & set(sys.modules)))"

    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)  # noqa: S603 - the same

    assert done.stdout == "[]\n"
