"""Things that only one place may do: save, read the time, write a stage, send, count days."""

import ast
from pathlib import Path

from tests.architecture import tree

CLOCKS = {
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns",
    "datetime.datetime.now", "datetime.datetime.utcnow", "datetime.date.today", "func.now", "func.current_timestamp",
}  # fmt: skip
DAYS = {"days", "weeks", "months", "years"}
COUNTS_DAYS = ("tourism_odr/rulebooks/", "tourism_odr/clock.py", "tourism_odr/demo/")
SENDERS = {"smtplib.SMTP", "smtplib.SMTP_SSL", "SMTP", "SMTP_SSL"}


def lines(path: Path, *nodes: ast.AST) -> list[str]:
    return [f"{tree.name(path)}:{getattr(node, 'lineno', 0)}" for node in nodes]


def test_only_the_unit_of_work_commits():
    found = [
        line
        for path in tree.package()
        if tree.name(path) != "tourism_odr/db.py"
        for called, node in tree.calls(path)
        if called.endswith((".commit", "session.begin", "session.begin_nested"))
        for line in lines(path, node)
    ]

    assert found == []


def test_only_the_clock_reads_the_time():
    found = [
        line
        for path in tree.code()
        if tree.name(path) != "tourism_odr/clock.py"
        for called, node in tree.calls(path)
        if called in CLOCKS
        for line in lines(path, node)
    ]

    assert found == []


def test_no_number_of_days_outside_the_rulebooks():
    found = [
        line
        for path in tree.code()
        if not tree.name(path).startswith(COUNTS_DAYS)
        for called, node in tree.calls(path)
        if called.split(".")[-1] in ("timedelta", "relativedelta")
        and (any(a.arg in DAYS for a in node.keywords) or any(_number(a) for a in node.args))
        for line in lines(path, node)
    ]

    assert found == []


def _number(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, int | float)


def test_only_taking_a_step_writes_a_stage():
    found = []
    for path in tree.package():
        if tree.name(path) == "tourism_odr/cases/steps.py" or tree.name(path).startswith("tourism_odr/cases/steps/"):
            continue
        for node in ast.walk(tree.parsed(path)):
            targets = node.targets if isinstance(node, ast.Assign) else []
            if any(isinstance(t, ast.Attribute) and t.attr == "stage" for t in targets):
                found += lines(path, node)

    assert found == []


def test_only_the_outbox_sends():
    found = [
        line
        for path in tree.package()
        if not tree.name(path).startswith(("tourism_odr/jobs/outbox", "tourism_odr/jobs/mail"))
        for called, node in tree.calls(path)
        if called in SENDERS
        for line in lines(path, node)
    ]

    assert found == []


def test_models_are_asked_by_select_and_never_by_the_old_query():
    found = [
        line
        for path in tree.package()
        for node in ast.walk(tree.parsed(path))
        if isinstance(node, ast.Attribute) and node.attr == "query" and isinstance(node.value, ast.Name)
        and node.value.id[:1].isupper()
        for line in lines(path, node)
    ]

    assert found == []
