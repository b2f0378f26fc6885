"""docs/figures.md, written from the table of figures."""

from tourism_odr.figures.table import GROUPS, Figure

HEAD = """# Figures

Written by the code from `tourism_odr/figures/table.py`; `make docs` writes it anew.  The same words stand on the
page of each figure (`/supervision/figures/<figure>`), with its parts by month, body, kind of respondent, cause,
channel and market, its cases, and a CSV of each.

- A figure counts cases, each once with each body that had it; the list behind a figure has as many lines.
- A step counts by its line in the ledger; a click that waits or was taken back does not.
- A month is a local month of the case's jurisdiction.
- Received + open before = refused + transferred + withdrawn + concluded + open at the end; concluded = in time + overdue.
- A month that the head has closed does not change silently: old, new and when stand under *Closed months and revisions*.
- `tourism-odr figures recount` counts everything again from the ledger and exits 1 when one digit differs.
"""


def document() -> str:
    """The whole page."""
    return HEAD + "".join(f"\n## {title}\n{''.join(map(_figure, group))}" for title, group in GROUPS)


def _figure(figure: Figure) -> str:
    lines = [f"\n### {figure.title}", f"`{figure.code}`, in {figure.measure}. {figure.what}", ""]
    lines += [f"- counted: {_steps(figure.counts)}"]
    lines += [f"- taken back: {_steps(figure.undone)}"] if figure.undone else []
    lines += [f"- month: {figure.day}", f"- limit: {figure.limit}{_clocks(figure)}"]
    lines += [f"- adds up: {figure.sums}"] if figure.sums else []
    lines += [f"- note: {figure.note}"] if figure.note else []
    return "\n".join(lines) + "\n"


def _steps(names: tuple[str, ...]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _clocks(figure: Figure) -> str:
    return f" Clocks: {_steps(figure.clocks)}." if figure.clocks else ""
