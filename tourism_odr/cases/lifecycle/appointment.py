"""A mediator's appointment in a case: asked, active, ended."""

from tourism_odr.cases.lifecycle.declare import NEW, Need, Then, Told, step, table
from tourism_odr.people.roles import SUPERVISOR, Role
from tourism_odr.text import N_

OFFERED = "offered"
ACTIVE = "active"
DECLINED = "declined"
LAPSED = "lapsed"
REPLACED = "replaced"
ENDED = "ended"

APPOINTMENT = table(
    "appointment",
    N_("Mediator's appointment"),
    stages={
        OFFERED: N_("Waiting for the mediator to accept"),
        ACTIVE: N_("Mediator appointed"),
        DECLINED: N_("Declined by the mediator"),
        LAPSED: N_("Not taken up by the mediator"),
        REPLACED: N_("Replaced"),
        ENDED: N_("Ended"),
    },
    finals=(DECLINED, LAPSED, REPLACED, ENDED),
    may_rest=(ACTIVE,),
    steps=(
        step(
            "appointment.assign",
            title=N_("Assign mediator"),
            past=N_("A mediator was asked"),
            by=SUPERVISOR | {Role.CLERK},
            leaves=(NEW,),
            enters=OFFERED,
            starts=("appointment",),
            tells=(Told.MEDIATOR,),
            needs=(Need.NO_CONFLICT, Need.NOT_MEDIATOR),
            outsiders=True,
        ),
        step(
            "appointment.accept",
            title=N_("Accept the appointment"),
            past=N_("The mediator accepted and declared no conflict of interest"),
            asks=N_("Say whether you mediate this case"),
            by=(Role.MEDIATOR,),
            leaves=(OFFERED,),
            enters=ACTIVE,
            stops=("appointment",),
            tells=(Told.TOURIST, Told.RESPONDENT, Told.OFFICER),
            effects=("seat-mediator",),
            then=(Then("filing.begin-mediation", "filings-to-begin"),),
            outsiders=True,
        ),
        step(
            "appointment.decline",
            title=N_("Decline the appointment"),
            past=N_("The mediator declined"),
            by=(Role.MEDIATOR,),
            leaves=(OFFERED,),
            enters=DECLINED,
            stops=("appointment",),
            tells=(Told.OFFICER, Told.CLERK),
            outsiders=True,
        ),
        step(
            "appointment.lapse",
            title=N_("End the unanswered appointment"),
            past=N_("The mediator did not answer in time"),
            by=(Role.CLOCK,),
            leaves=(OFFERED,),
            enters=LAPSED,
            tells=(Told.MEDIATOR, Told.OFFICER, Told.CLERK),
            outsiders=True,
        ),
        step(
            "appointment.replace",
            title=N_("Replace the mediator"),
            past=N_("The mediator was replaced"),
            by=SUPERVISOR | {Role.CLERK},
            leaves=(OFFERED, ACTIVE),
            enters=REPLACED,
            stops=("appointment",),
            tells=(Told.TOURIST, Told.RESPONDENT, Told.MEDIATOR),
            needs=(Need.NOT_MEDIATOR,),
            effects=("unseat-mediator",),
            outsiders=True,
        ),
        step(
            "appointment.end",
            title=N_("End the appointment"),
            past=N_("The mediator's task ended"),
            by=(Role.TABLE,),
            leaves=(OFFERED, ACTIVE),
            enters=ENDED,
            stops=("appointment",),
        ),
    ),
    when_missed={"appointment": ("appointment.lapse",)},
)
