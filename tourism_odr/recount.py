"""``tourism-odr figures``: count what waits, and count everything again from the ledger."""

import sys

import click

MOST = 50  # differences that are printed


@click.group()
def figures() -> None:
    """The figures of supervising bodies."""


@figures.command("recount")
@click.option("--mend", is_flag=True, help="Add everything up anew when something differs.")
@click.option("--json", "json_out", is_flag=True, help="Print data as JSON.")
def recount(mend: bool, json_out: bool) -> None:
    """Count what waits; then count all cases from the ledger and compare.  Exit 1 when anything differs."""
    from tourism_odr.cli import inside, show
    from tourism_odr.clock import now
    from tourism_odr.db import db
    from tourism_odr.figures import rollups

    with inside():
        waited = rollups.count(now())
        wrong = list(rollups.recount(db.session()))
        db.session.rollback()
        if wrong and mend:
            rollups.mend(now())
            rollups.count(now())
    lines = [f"{one.what}: kept {one.kept}, counted {one.counted}" for one in wrong[:MOST]]
    answer = [f"{waited} cases were counted; {len(wrong)} figures differ from the ledger."]
    data = {"ok": not wrong, "counted": waited, "differences": len(wrong), "first": lines}
    show(data, [*lines, *answer] if wrong else [f"{waited} cases were counted; every figure equals the ledger."], json_out=json_out)
    if wrong:
        sys.exit(1)
