"""Service of a notice on one respondent: sent, opened or proven otherwise, or bounced."""

from tourism_odr.cases.lifecycle.declare import NEW, Need, Then, Told, step, table
from tourism_odr.people.roles import RESPONDENT, SUPERVISOR, Role
from tourism_odr.text import N_

SENT = "sent"
SERVED = "served"
FAILED = "failed"
REVOKED = "revoked"

SERVICE = table(
    "service",
    N_("Service of a notice"),
    stages={
        SENT: N_("Sent, not yet served"),
        SERVED: N_("Served"),
        FAILED: N_("Could not be delivered"),
        REVOKED: N_("Service revoked"),
    },
    finals=(SERVED, FAILED, REVOKED),
    steps=(
        step(
            "service.send",
            title=N_("Serve the complaint"),
            past=N_("The complaint and the letter to answer were sent"),
            by=SUPERVISOR,
            leaves=(NEW,),
            enters=SENT,
            starts=("deliver",),
            tells=(Told.RESPONDENT, Told.TOURIST),
            issues=("service-letter",),
            needs=(Need.NOT_MEDIATOR,),
            outsiders=True,
        ),
        step(
            "service.open",
            title=N_("Open the complaint"),
            past=N_("The respondent opened the letter"),
            by=RESPONDENT,
            leaves=(SENT,),
            enters=SERVED,
            stops=("deliver",),
            then=(Then("respondent.served", "respondent"),),
            effects=("note-service",),
        ),
        step(
            "service.arrive",
            title=N_("Record arrival in the agreed inbox"),
            past=N_("The letter arrived in the inbox agreed for service"),
            by=(Role.TABLE,),
            leaves=(SENT,),
            enters=SERVED,
            stops=("deliver",),
            then=(Then("respondent.served", "respondent"),),
            effects=("note-service",),
        ),
        step(
            "service.prove",
            title=N_("Record service by hand, post or call"),
            past=N_("An officer recorded the service with its proof"),
            asks=N_("Record how the letter was delivered"),
            by=SUPERVISOR,
            leaves=(SENT,),
            enters=SERVED,
            stops=("deliver",),
            then=(Then("respondent.served", "respondent"),),
            needs=(Need.NOT_MEDIATOR,),
            effects=("note-service",),
        ),
        step(
            "service.note-undelivered",
            title=N_("Warn of the missing service"),
            past=N_("The letter is not served yet"),
            by=(Role.CLOCK,),
            leaves=(SENT,),
            tells=(Told.OFFICER, Told.HEAD),
            outsiders=True,
        ),
        step(
            "service.bounce",
            title=N_("Record the bounce"),
            past=N_("The letter could not be delivered"),
            by=(Role.CLOCK,),
            leaves=(SENT,),
            enters=FAILED,
            stops=("deliver",),
            tells=(Told.OFFICER,),
            outsiders=True,
        ),
        step(
            "service.revoke",
            title=N_("Revoke the service"),
            past=N_("The service turned out not to have reached the respondent"),
            by=SUPERVISOR | {Role.CLOCK},
            leaves=(SERVED,),
            enters=REVOKED,
            tells=(Told.OFFICER,),
            then=(Then("respondent.unserve", "respondent-if-unanswered"),),
            needs=(Need.NOT_MEDIATOR,),
            outsiders=True,
        ),
    ),
    when_missed={"deliver": ("service.note-undelivered",)},
    may_rest=(SENT,),
)
