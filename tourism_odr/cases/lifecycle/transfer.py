"""A transfer inside the service: the first body stays responsible until the other accepts."""

from tourism_odr.cases.lifecycle.declare import NEW, Need, Then, Told, step, table
from tourism_odr.people.roles import SUPERVISOR, Role
from tourism_odr.text import N_

OFFERED = "offered"
ACCEPTED = "accepted"
OBJECTED = "objected"
REFERRED = "referred"
DESIGNATED = "designated"
LAPSED = "lapsed"

TRANSFER = table(
    "transfer",
    N_("Transfer between bodies"),
    stages={
        OFFERED: N_("Waiting for the other body"),
        ACCEPTED: N_("Taken over"),
        OBJECTED: N_("Objected to"),
        REFERRED: N_("Waiting for the superior body to designate"),
        DESIGNATED: N_("Decided by the superior body"),
        LAPSED: N_("Not answered by the other body"),
    },
    finals=(ACCEPTED, OBJECTED, DESIGNATED, LAPSED),
    may_rest=(REFERRED,),
    note="The second objection in a case goes to the superior body: the nearest one of a higher level whose territory "
    "holds that of the body responsible now.  Until it designates, that body stays responsible and its clocks run.",
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
            then=(Then("transfer.refer", "this-if-objected-before"),),
        ),
        step(
            "transfer.refer",
            title=N_("Refer to the superior body"),
            past=N_("After the second objection the superior body designates who is responsible"),
            by=(Role.TABLE,),
            leaves=(OBJECTED,),
            enters=REFERRED,
            tells=(Told.TOURIST, Told.OFFICER, Told.HEAD),
            effects=("admit-superior",),
            outsiders=True,
        ),
        step(
            "transfer.moot",
            title=N_("End the wait for the superior body"),
            past=N_("The complaint was decided before the superior body designated anybody"),
            by=(Role.TABLE,),
            leaves=(REFERRED,),
            enters=OBJECTED,
            effects=("dismiss-superior",),
        ),
        step(
            "transfer.designate",
            title=N_("Designate the responsible body"),
            past=N_("The superior body designated who is responsible"),
            by=SUPERVISOR,
            leaves=(REFERRED,),
            enters=DESIGNATED,
            tells=(Told.TOURIST, Told.OFFICER),
            needs=(Need.NOT_MEDIATOR,),
            then=(Then("case.receive", "case-if-it-moves"),),
            effects=("dismiss-superior", "move-to-body"),
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
