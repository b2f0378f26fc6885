"""The archive volume of a case: compiled when the case ends, filed by a named person, lent and given back."""

from tourism_odr.cases.lifecycle.declare import NEW, Need, Told, step, table
from tourism_odr.people.roles import SUPERVISOR, Role
from tourism_odr.text import N_

COMPILED = "compiled"
FILED = "filed"
LENT = "lent"

VOLUME = table(
    "volume",
    N_("Archive volume"),
    note="It lies inside the supervising body.  Whatever ends the case orders it, and a job compiles it.  As long as "
    "it is not filed it is brought up to date; what comes after the filing, or once a payment is disputed, goes into "
    "a supplementary volume.",
    outlives=True,
    stages={
        COMPILED: N_("Compiled; to be checked and filed"),
        FILED: N_("Filed in the archive"),
        LENT: N_("On loan"),
    },
    finals=(FILED,),
    may_rest=(COMPILED, LENT),
    steps=(
        step(
            "volume.make",
            title=N_("Compile the volume"),
            past=N_("The archive volume was compiled"),
            by=(Role.CLOCK,),
            leaves=(NEW,),
            enters=COMPILED,
            tells=(Told.OFFICER,),
        ),
        step(
            "volume.renew",
            title=N_("Bring up to date"),
            past=N_("The archive volume was brought up to date"),
            by=SUPERVISOR | {Role.CLOCK},
            leaves=(COMPILED,),
            needs=(Need.NOT_MEDIATOR,),
        ),
        step(
            "volume.file",
            title=N_("File the volume"),
            past=N_("The archive volume was filed"),
            asks=N_("Check the volume and file it"),
            by=SUPERVISOR,
            leaves=(COMPILED,),
            enters=FILED,
            issues=("volume-catalogue",),
            needs=(Need.NOT_MEDIATOR,),
        ),
        step(
            "volume.lend",
            title=N_("Lend the volume"),
            past=N_("The archive volume was lent"),
            by=SUPERVISOR,
            leaves=(FILED,),
            enters=LENT,
            needs=(Need.NOT_MEDIATOR,),
        ),
        step(
            "volume.give-back",
            title=N_("Record the return"),
            past=N_("The archive volume came back"),
            by=SUPERVISOR,
            leaves=(LENT,),
            enters=FILED,
            needs=(Need.NOT_MEDIATOR,),
        ),
    ),
)
