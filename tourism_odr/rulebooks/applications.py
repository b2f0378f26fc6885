"""On which grounds a body may turn to enforcement or to a quality deposit, as data."""

from dataclasses import dataclass
from functools import cache

from tourism_odr.rulebooks.loading import Reader, shipped
from tourism_odr.rulebooks.terms import GRADES, WEAK

SORTS = ("enforcement", "deposit")


@dataclass(frozen=True)
class ApplicationGround:
    """One ground: what it is, the article that names it, and how surely that is known."""

    sort: str
    code: str
    title: str
    law: str
    source: str
    article: str
    grade: str
    version: str

    @property
    def weak(self) -> bool:
        """Warns and shows, but no step against anybody rests on it."""
        return self.grade in WEAK


def application_grounds(jurisdiction: str, sort: str) -> dict[str, ApplicationGround]:
    """The grounds of one sort of application where this law holds, by code, in the order of the data."""
    return {one.code: one for one in _all().get(jurisdiction, ()) if one.sort == sort}


@cache
def _all() -> dict[str, tuple[ApplicationGround, ...]]:
    found = {}
    for file, table in shipped("applications").items():
        reader = Reader(file, "", table)
        version = f"{reader.get('series', str)}@{reader.first_day('valid_from')}"
        found[reader.get("jurisdiction", str)] = tuple(_ground(row, version) for row in reader.rows("ground"))
        reader.done()
    return found


def _ground(row: Reader, version: str) -> ApplicationGround:
    texts = {name: row.get(name, str) for name in ("code", "title", "law", "source", "article")}
    ground = ApplicationGround(row.code("sort", SORTS), **texts, grade=row.code("grade", GRADES), version=version)
    row.done()
    return ground
