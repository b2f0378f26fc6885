"""CPU time of a piece of work: this process and the database's, never the clock on the wall."""

import gc
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

NANO = 1_000_000_000


@dataclass(frozen=True)
class Cost:
    """What one piece of work costs on average."""

    app_ms: float
    database_ms: float
    statements: float

    @property
    def cpu_ms(self) -> float:
        """Application and database together."""
        return self.app_ms + self.database_ms

    def as_json(self) -> dict[str, float]:
        """For the report."""
        return {
            "cpu_ms": round(self.cpu_ms, 2), "app_ms": round(self.app_ms, 2),
            "database_ms": round(self.database_ms, 2), "statements": round(self.statements, 1),
        }  # fmt: skip


class Meter:
    """Reads the CPU clocks of this process and of the database's processes behind ``engine``."""

    def __init__(self, engine: Engine) -> None:
        self.pids: set[int] = set()
        self.statements = 0
        event.listen(engine, "checkout", self._note)
        event.listen(engine, "before_cursor_execute", self._count)

    def _note(self, connection: Any, *_rest: Any) -> None:
        self.pids.add(connection.info.backend_pid)

    def _count(self, *_rest: Any) -> None:
        self.statements += 1

    def _database(self) -> float:
        """Seconds of CPU that the database has spent for us."""
        return sum(int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) for pid in self.pids) / NANO

    def cost(self, work: Callable[[Any], object], given: Iterable[Any]) -> Cost:
        """The average of ``work`` over ``given``; warm it up first, so that every connection is known."""
        waiting = list(given)
        gc.collect()
        statements, database, app = self.statements, self._database(), time.process_time()
        for one in waiting:
            work(one)
        app, database = time.process_time() - app, self._database() - database
        each = 1000 / len(waiting)
        return Cost(app * each, database * each, (self.statements - statements) / len(waiting))
