"""Numbers without gaps, per owner, kind and local year.  Drawn last in a step: their row is the hottest."""

from sqlalchemy import literal
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from tourism_odr.cases.models import NumberCounter


def draw(session: Session, owner: str, kind: str, year: int) -> int:
    """The next number of (owner, kind, year), from 1.  Locks the counter's row until the unit of work ends."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    insert = dialect.insert(NumberCounter).values(owner=owner, kind=kind, year=year, last=1)
    raised = insert.on_conflict_do_update(
        index_elements=["owner", "kind", "year"], set_={"last": NumberCounter.last + literal(1)}
    )
    return int(session.execute(raised.returning(NumberCounter.last)).scalar_one())


def case_number(year: int, number: int) -> str:
    """LY-2026-004217: what people say on the phone.  It opens nothing by itself."""
    return f"LY-{year}-{number:06d}"
