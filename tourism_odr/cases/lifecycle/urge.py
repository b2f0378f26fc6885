"""Urging (督办): the supervising body demands that somebody acts by a date, and leaves a trail."""

from tourism_odr.cases.lifecycle.declare import NEW, Need, Told, step, table
from tourism_odr.people.roles import RESPONDENT, SUPERVISOR, Role
from tourism_odr.text import N_

PROPOSED = "proposed"
OPEN = "open"
OVERDUE = "overdue"
REPLIED = "replied"
CLOSED = "closed"
DROPPED = "dropped"

URGE = table(
    "urge",
    N_("Urging"),
    stages={
        PROPOSED: N_("Waiting for the head's approval"),
        OPEN: N_("Waiting for a reply"),
        OVERDUE: N_("Reply overdue"),
        REPLIED: N_("Replied"),
        CLOSED: N_("Closed"),
        DROPPED: N_("Not approved"),
    },
    finals=(CLOSED, DROPPED),
    may_rest=(PROPOSED, OVERDUE, REPLIED),
    steps=(
        step(
            "urge.propose",
            title=N_("Propose to urge"),
            past=N_("Urging was proposed to the head"),
            by=(Role.OFFICER,),
            leaves=(NEW,),
            enters=PROPOSED,
            places=("inside",),
            tells=(Told.HEAD,),
            needs=(Need.NOT_MEDIATOR,),
        ),
        step(
            "urge.approve",
            title=N_("Approve and send"),
            past=N_("The supervising body urged that something be done"),
            asks=N_("Approve the urging or drop it"),
            by=(Role.HEAD,),
            leaves=(PROPOSED,),
            enters=OPEN,
            starts=("urge",),
            tells=(Told.RESPONDENT, Told.MEDIATOR, Told.TOURIST),
            issues=("urge",),
            needs=(Need.NOT_MEDIATOR,),
        ),
        step(
            "urge.drop",
            title=N_("Do not approve"),
            past=N_("The head did not approve the urging"),
            by=(Role.HEAD,),
            leaves=(PROPOSED,),
            enters=DROPPED,
            places=("inside",),
            tells=(Told.OFFICER,),
            needs=(Need.NOT_MEDIATOR,),
        ),
        step(
            "urge.reply",
            title=N_("Reply to the urging"),
            past=N_("The urging was replied to"),
            by=RESPONDENT | {Role.MEDIATOR},
            leaves=(OPEN, OVERDUE),
            enters=REPLIED,
            stops=("urge",),
            tells=(Told.OFFICER,),
        ),
        step(
            "urge.fall-overdue",
            title=N_("Record the overdue reply"),
            past=N_("No reply to the urging came in time"),
            by=(Role.CLOCK,),
            leaves=(OPEN,),
            enters=OVERDUE,
            tells=(Told.RESPONDENT, Told.MEDIATOR, Told.OFFICER, Told.HEAD),
        ),
        step(
            "urge.close",
            title=N_("Close with a finding"),
            past=N_("The urging was closed"),
            by=SUPERVISOR,
            leaves=(OPEN, OVERDUE, REPLIED),
            enters=CLOSED,
            stops=("urge",),
            tells=(Told.RESPONDENT, Told.MEDIATOR),
            needs=(Need.NOT_MEDIATOR,),
        ),
    ),
    when_missed={"urge": ("urge.fall-overdue",)},
)
