"""Tables as CSV: UTF-8 with its mark, so that spreadsheets read Chinese, and no cell that they would run."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from werkzeug.wrappers import Response

from tourism_odr.text import Message
from tourism_odr.web.locale import say_here

MARK = "\ufeff"
RUNS = tuple("=+-@\t\r\n\0＝＋－＠")  # what begins with one of these may be a formula
Cell = str | int | float | Message | None


def csv_of(name: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Response:
    """The answer to a download; heads and messages in the reader's language."""
    out = StringIO()
    sheet = csv.writer(out)
    sheet.writerow([_safe(say_here(head)) for head in heads])
    sheet.writerows([_cell(cell) for cell in row] for row in rows)
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"', "Cache-Control": "no-store"}
    return Response(MARK + out.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def _cell(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, int | float):
        return cell
    return _safe(say_here(cell))


def _safe(words: str) -> str:
    """An apostrophe before what a spreadsheet would take for a formula."""
    return f"'{words}" if words.lstrip(" \u3000").startswith(RUNS) else words
