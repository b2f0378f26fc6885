"""docs/lifecycle.md, written from the tables."""

from tourism_odr.cases.lifecycle import NEW, TABLES
from tourism_odr.cases.lifecycle.declare import Step, Table
from tourism_odr.text import say

HEAD = """# The life of a case

Written by `make docs` from `tourism_odr/cases/lifecycle/`; do not edit.  Every subject has a table of its own,
and every step of every table is taken through one door, `cases/steps.take`.  A step lists who may take it, the
stages that it leaves and enters, where it is recorded, the clocks that it starts and stops, who is told, which
documents it issues, and what it does to other subjects.

"""
COLUMNS = ("step", "by", "leaves", "enters", "recorded in", "starts", "stops", "tells", "issues", "then", "needs")


def document() -> str:
    """The whole page: a diagram and a table of steps for each kind of subject."""
    return HEAD + "\n".join(_section(table) for table in TABLES.values())


def diagram(table: Table) -> str:
    """One kind as a Mermaid state diagram."""
    arrows = [
        f"    {_node(old)} --> {_node(step.enters or old)}: {step.verb} ({', '.join(sorted(step.by))})"
        for step in table.steps.values()
        for old in sorted(step.leaves)
        if step.enters is not None
    ]
    ends = [f"    {_node(stage)} --> [*]" for stage in table.stages if stage in table.finals]
    return "\n".join(["stateDiagram-v2", *arrows, *ends])


def _node(stage: str) -> str:
    return "[*]" if stage == NEW else stage.replace("-", "_")


def _section(table: Table) -> str:
    stages = "\n".join(
        f"| `{stage}` | {title} | {say(title, 'zh-Hans')} |{' final' if stage in table.finals else ''} |"
        for stage, title in table.stages.items()
    )
    rows = "\n".join(_row(step) for step in table.steps.values())
    missed = "\n".join(f"| `{clock}` | {', '.join(steps)} |" for clock, steps in table.when_missed.items())
    return (
        f"## {table.title} (`{table.kind}`)\n\n" + (f"{table.note}\n\n" if table.note else "") + f"```mermaid\n{diagram(table)}\n```\n\n"
        f"| stage | English | 中文 | |\n|---|---|---|---|\n{stages}\n\n"
        f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}\n{rows}\n"
        + (f"\n| clock | when missed (the first, unless rulebook or body choose another) |\n|---|---|\n{missed}\n" if missed else "")
    )


def _row(step: Step) -> str:
    undo = "undo time" if step.undo else ""
    cells = (
        f"`{step.verb}`",
        ", ".join(sorted(step.by)),
        ", ".join(sorted(step.leaves)),
        step.enters or "stays",
        ", ".join(step.places),
        ", ".join(step.starts),
        ", ".join(step.stops),
        ", ".join(step.tells),
        ", ".join(step.issues),
        ", ".join(f"{then.step} → {then.to}" for then in step.then),
        ", ".join(filter(None, (*step.needs, undo))),
    )
    return "| " + " | ".join(cells) + " |"
