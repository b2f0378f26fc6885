"""An application beside the case: unlawful conduct to enforcement, or compensation from the quality deposit."""

from tourism_odr.cases.lifecycle.declare import NEW, OWN_PLACE, Need, PlaceKind, Told, step, table
from tourism_odr.people.roles import COMPLAINANT, SUPERVISOR, Role
from tourism_odr.text import N_

ASKED = "asked"
PREPARED = "prepared"
ISSUED = "issued"
SENT = "sent"
RECEIVED = "received"
DECIDED = "decided"
DECLINED = "declined"
INSIDE_TOO = (PlaceKind.INSIDE, OWN_PLACE)  # the letter and the words of a decision stay with the body

APPLICATION = table(
    "application",
    N_("Application to a competent body"),
    note="It lies where the tourist and the supervising body read; letters and decisions lie inside the body, and the "
    "tourist is told what the law allows.  It runs beside the mediation: neither a settlement nor a withdrawal nor "
    "the closing of the case ends it.",
    outlives=True,
    stages={
        ASKED: N_("Asked for; the supervising body decides whether to send it"),
        PREPARED: N_("The letter is being prepared"),
        ISSUED: N_("The letter is issued and waits for its dispatch"),
        SENT: N_("Sent; waiting for the receipt"),
        RECEIVED: N_("Received; waiting for the decision"),
        DECIDED: N_("Decided by the competent body"),
        DECLINED: N_("Not sent"),
    },
    finals=(DECIDED, DECLINED),
    may_rest=(PREPARED, ISSUED, RECEIVED),
    steps=(
        step(
            "application.ask",
            title=N_("Ask for an application"),
            past=N_("The tourist asked for an application to a competent body"),
            by=COMPLAINANT,
            leaves=(NEW,),
            enters=ASKED,
            starts=("application-answer",),
            tells=(Told.OFFICER,),
            needs=(Need.COMPLAINT_DECIDED,),
        ),
        step(
            "application.open",
            title=N_("Open an application"),
            past=N_("The supervising body opened an application to a competent body"),
            by=SUPERVISOR,
            leaves=(NEW,),
            enters=PREPARED,
            tells=(Told.TOURIST,),
            needs=(Need.COMPLAINT_DECIDED, Need.NOT_MEDIATOR),
        ),
        step(
            "application.note-unanswered",
            title=N_("Warn that the tourist has no answer"),
            past=N_("The supervising body has not answered the tourist's request yet"),
            by=(Role.CLOCK,),
            leaves=(ASKED,),
            tells=(Told.OFFICER, Told.HEAD),
        ),
        step(
            "application.decline",
            title=N_("Do not send it"),
            past=N_("The supervising body did not send the application"),
            by=SUPERVISOR,
            leaves=(ASKED, PREPARED),
            enters=DECLINED,
            stops=("application-answer",),
            tells=(Told.TOURIST,),
            needs=(Need.NOT_MEDIATOR,),
        ),
        step(
            "application.write-lead",
            title=N_("Write the letter to enforcement"),
            past=N_("The letter on unlawful conduct was issued"),
            asks=N_("Write the letter, or say why it is not sent"),
            by=SUPERVISOR,
            leaves=(ASKED, PREPARED),
            enters=ISSUED,
            places=INSIDE_TOO,
            stops=("application-answer",),
            issues=("enforcement-letter",),
            needs=(Need.OF_THIS_SORT, Need.NOT_MEDIATOR),
        ),
        step(
            "application.write-deposit",
            title=N_("Write the letter on the deposit"),
            past=N_("The letter on the quality deposit was issued"),
            asks=N_("Write the letter, or say why it is not sent"),
            by=SUPERVISOR,
            leaves=(ASKED, PREPARED),
            enters=ISSUED,
            places=INSIDE_TOO,
            stops=("application-answer",),
            issues=("deposit-letter",),
            needs=(Need.OF_THIS_SORT, Need.NOT_MEDIATOR, Need.DEPOSIT_OPEN),
        ),
        step(
            "application.dispatch",
            title=N_("Record the dispatch"),
            past=N_("The letter was sent to the competent body"),
            by=SUPERVISOR,
            leaves=(ISSUED,),
            enters=SENT,
            places=INSIDE_TOO,
            starts=("application-receipt",),
            tells=(Told.TOURIST,),
            needs=(Need.NOT_MEDIATOR,),
        ),
        step(
            "application.note-no-receipt",
            title=N_("Warn of the missing receipt"),
            past=N_("The competent body has not confirmed the receipt yet"),
            by=(Role.CLOCK,),
            leaves=(SENT,),
            tells=(Told.OFFICER, Told.HEAD),
        ),
        step(
            "application.record-receipt",
            title=N_("Record the receipt"),
            past=N_("The competent body confirmed the receipt"),
            asks=N_("Record what came back: the receipt or the decision"),
            by=SUPERVISOR,
            leaves=(SENT,),
            enters=RECEIVED,
            stops=("application-receipt",),
            tells=(Told.TOURIST,),
            needs=(Need.NOT_MEDIATOR,),
        ),
        step(
            "application.record-decision",
            title=N_("Record the decision"),
            past=N_("The competent body decided"),
            by=SUPERVISOR,
            leaves=(SENT, RECEIVED, DECIDED),
            enters=DECIDED,
            places=INSIDE_TOO,
            stops=("application-receipt",),
            tells=(Told.TOURIST,),
            needs=(Need.NOT_MEDIATOR,),
        ),
    ),
    when_missed={
        "application-answer": ("application.note-unanswered",),
        "application-receipt": ("application.note-no-receipt",),
    },
)
