"""A matter that came by another channel: a hotline, a letter, another platform.  The channel gets its replies."""

from tourism_odr.cases.lifecycle.declare import NEW, Need, Told, step, table
from tourism_odr.people.roles import COUNTER, SUPERVISOR, Role
from tourism_odr.text import N_

ENTERED = "entered"
ACCEPTANCE_OWED = "acceptance-owed"
INFORMED = "informed"
CONCLUSION_OWED = "conclusion-owed"
REPLIED = "replied"

WAITING = (ENTERED, ACCEPTANCE_OWED, INFORMED, CONCLUSION_OWED)

EXTERNAL = table(
    "external",
    N_("Entry from another channel"),
    stages={
        ENTERED: N_("Waiting for the decision on the complaint"),
        ACCEPTANCE_OWED: N_("A reply on the acceptance is owed to the channel"),
        INFORMED: N_("The channel knows of the acceptance"),
        CONCLUSION_OWED: N_("A reply on the conclusion is owed to the channel"),
        REPLIED: N_("Replied"),
    },
    finals=(REPLIED,),
    may_rest=WAITING,
    outlives=True,
    note="The date of the last reply is the channel's own, else the one that the house rules propose.  What ends before "
    "the channel knew of an acceptance is told it by one reply.",
    steps=(
        step(
            "external.enter",
            title=N_("Enter a matter from another channel"),
            past=N_("The matter came by another channel, which is owed replies"),
            by=COUNTER,
            leaves=(NEW,),
            enters=ENTERED,
            starts=("channel-reply",),
        ),
        step(
            "external.owe-acceptance",
            title=N_("Owe the channel a reply on the acceptance"),
            past=N_("The channel that sent the matter is to be told of the acceptance"),
            by=(Role.TABLE,),
            leaves=(ENTERED,),
            enters=ACCEPTANCE_OWED,
        ),
        step(
            "external.reply-acceptance",
            title=N_("Reply on the acceptance"),
            past=N_("The channel that sent the matter was told of the acceptance"),
            by=SUPERVISOR,
            leaves=(ACCEPTANCE_OWED,),
            enters=INFORMED,
            tells=(Told.TOURIST,),
            needs=(Need.NOT_MEDIATOR,),
        ),
        step(
            "external.owe-conclusion",
            title=N_("Owe the channel a reply on the conclusion"),
            past=N_("The channel that sent the matter is to be told how it ended"),
            by=(Role.TABLE,),
            leaves=(ENTERED, ACCEPTANCE_OWED, INFORMED),
            enters=CONCLUSION_OWED,
            tells=(Told.OFFICER,),
        ),
        step(
            "external.reply-conclusion",
            title=N_("Reply on the conclusion"),
            past=N_("The channel that sent the matter was told how it ended"),
            by=SUPERVISOR,
            leaves=(CONCLUSION_OWED,),
            enters=REPLIED,
            stops=("channel-reply",),
            tells=(Told.TOURIST,),
            needs=(Need.NOT_MEDIATOR,),
        ),
        step(
            "external.note-late-reply",
            title=N_("Record the late reply to the channel"),
            past=N_("The date by which the channel wanted its reply passed"),
            by=(Role.CLOCK,),
            leaves=WAITING,
            tells=(Told.OFFICER, Told.HEAD),
        ),
    ),
    when_missed={"channel-reply": ("external.note-late-reply",)},
)
