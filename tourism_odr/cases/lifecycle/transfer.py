"""A transfer inside the service: the first body stays responsible until the other accepts."""

from tourism_odr.cases.lifecycle.declare import NEW, Need, Then, Told, step, table
from tourism_odr.people.roles import SUPERVISOR, Role
from tourism_odr.text import N_

OFFERED = "offered"
ACCEPTED = "accepted"
OBJECTED = "objected"
LAPSED = "lapsed"

TRANSFER = table(
    "transfer",
    N_("Transfer between bodies"),
    stages={
        OFFERED: N_("Waiting for the other body"),
        ACCEPTED: N_("Taken over"),
        OBJECTED: N_("Objected to"),
        LAPSED: N_("Not answered by the other body"),
    },
    finals=(ACCEPTED, OBJECTED, LAPSED),
    steps=(
        step(
            "transfer.offer",
            title=N_("Offer to another body"),
            past=N_("The complaint was offered to another body"),
            by=SUPERVISOR,
            leaves=(NEW,),
            enters=OFFERED,
            starts=("transfer-answer",),
            tells=(Told.TOURIST, Told.OFFICER),
            needs=(Need.NOT_MEDIATOR,),
            effects=("admit-receiver",),
            outsiders=True,
        ),
        step(
            "transfer.accept",
            title=N_("Take over"),
            past=N_("The other body took over"),
            asks=N_("Take the case over, or object"),
            by=SUPERVISOR,
            leaves=(OFFERED,),
            enters=ACCEPTED,
            stops=("transfer-answer",),
            then=(Then("case.receive", "case"),),
            effects=("move-to-body",),
        ),
        step(
            "transfer.object",
            title=N_("Object to the transfer"),
            past=N_("The other body objected"),
            by=SUPERVISOR,
            leaves=(OFFERED,),
            enters=OBJECTED,
            stops=("transfer-answer",),
            tells=(Told.TOURIST, Told.OFFICER),
            effects=("dismiss-receiver",),
            outsiders=True,
        ),
        step(
            "transfer.lapse",
            title=N_("End the unanswered transfer"),
            past=N_("The other body did not answer in time; the first stays responsible"),
            by=(Role.CLOCK,),
            leaves=(OFFERED,),
            enters=LAPSED,
            tells=(Told.OFFICER, Told.HEAD),
            effects=("dismiss-receiver",),
            outsiders=True,
        ),
    ),
    when_missed={"transfer-answer": ("transfer.lapse",)},
)
