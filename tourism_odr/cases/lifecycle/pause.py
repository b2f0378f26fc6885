"""Time that stands still: begun and ended with a paper, as far as the rule of a clock lets it stand still."""

from tourism_odr.cases.lifecycle.declare import ABOUT, NEW, OWN_PLACE, Need, Told, step, table
from tourism_odr.people.roles import COURT, SUPERVISOR, Role
from tourism_odr.text import N_

RUNNING = "running"
ENDED = "ended"
UNDONE = "undone"

KEEPERS = SUPERVISOR | {Role.MEDIATOR} | COURT  # each for what is before them
READ = (OWN_PLACE, ABOUT)
EVERYBODY = (Told.TOURIST, Told.RESPONDENT, Told.MEDIATOR, Told.OFFICER, Told.CLERK)

PAUSE = table(
    "pause",
    N_("Pause"),
    stages={
        RUNNING: N_("The time stands still"),
        ENDED: N_("The time runs again"),
        UNDONE: N_("Begun by mistake; every day counts"),
    },
    finals=(ENDED, UNDONE),
    may_rest=(RUNNING,),
    outlives=True,
    note=(
        "A pause is about one subject: it halts the running clocks of that subject whose rule names its ground under "
        "`pauses`, and no clock beside them. A halted clock never fires and warns nobody. When the last of them ends "
        "otherwise, the pause is closed with it."
    ),
    steps=(
        step(
            "pause.begin",
            title=N_("Let the time stand still"),
            past=N_("The time stands still"),
            by=KEEPERS,
            leaves=(NEW,),
            enters=RUNNING,
            places=READ,
            tells=EVERYBODY,
            needs=(Need.NOT_MEDIATOR,),
            effects=("halt-clocks",),
        ),
        step(
            "pause.end",
            title=N_("Let the time run on"),
            past=N_("The time runs again; the days between do not count"),
            by=KEEPERS,
            leaves=(RUNNING,),
            enters=ENDED,
            places=READ,
            tells=EVERYBODY,
            needs=(Need.NOT_MEDIATOR,),
            effects=("go-on",),
        ),
        step(
            "pause.undo",
            title=N_("Begun by mistake"),
            past=N_("The pause was begun by mistake; the time ran on, and every day counts"),
            by=KEEPERS,
            leaves=(RUNNING,),
            enters=UNDONE,
            places=READ,
            tells=EVERYBODY,
            needs=(Need.NOT_MEDIATOR, Need.SAME_DAY),
            effects=("go-on-as-before",),
        ),
        step(
            "pause.close",
            title=N_("Close the pause"),
            past=N_("What stood still has ended otherwise"),
            by=(Role.TABLE,),
            leaves=(RUNNING,),
            enters=ENDED,
            places=READ,
        ),
    ),
)
