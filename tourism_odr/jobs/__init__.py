"""What happens without anybody's click: clocks, documents, notices, reminders, forgetting.

``JOBS`` declares all of them.  Each may run in several processes at once, because work is claimed in rows;
the scheduler only asks again and again what is due.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from tourism_odr.figures import rollups
from tourism_odr.jobs import calendars, clocks, documents, outbox, purge, reminders, volumes
from tourism_odr.jobs.outbox import Office
from tourism_odr.text import N_


@dataclass(frozen=True)
class Job:
    """One thing to do again and again; ``run`` answers how much it did."""

    name: str
    title: str
    every: int  # seconds
    run: Callable[[datetime, Office], int]


JOBS = (
    Job("clocks", N_("Take the steps of clocks that ran out"), 1, lambda at, _: clocks.sweep(at)),
    Job("calendars", N_("Count anew after a calendar was decided on"), 60, lambda at, _: calendars.settle(at)),
    Job("documents", N_("Render and seal issued documents"), 20, lambda at, _: documents.render_waiting(at)),
    Job("volumes", N_("Compile archive volumes of cases that ended"), 60, lambda at, _: volumes.make_ordered(at)),
    Job("reminders", N_("Remind of days that are close"), 900, lambda at, _: reminders.remind(at)),
    Job("outbox", N_("Send notices"), 10, lambda at, office: outbox.post(at, office)),
    Job("figures", N_("Count the figures of supervising bodies"), 30, lambda at, _: rollups.count(at)),
    Job("purge", N_("Forget what has served its time"), 3600, lambda at, _: purge.purge(at)),
)
HEARTBEAT = "heartbeat"
