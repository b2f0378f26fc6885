"""An offer of terms, by a party or the mediator, to one or more parties."""

from tourism_odr.cases.lifecycle.declare import NEW, Need, Then, Told, step, table
from tourism_odr.people.roles import COMPLAINANT, RESPONDENT, Role
from tourism_odr.text import N_

OPEN = "open"
ACCEPTED = "accepted"
DECLINED = "declined"
WITHDRAWN = "withdrawn"
EXPIRED = "expired"
VOID = "void"
PARTIES = COMPLAINANT | RESPONDENT

OFFER = table(
    "offer",
    N_("Offer"),
    outlives=True,
    stages={
        OPEN: N_("Waiting for an answer"),
        ACCEPTED: N_("Accepted by all"),
        DECLINED: N_("Declined"),
        WITHDRAWN: N_("Withdrawn"),
        EXPIRED: N_("Expired"),
        VOID: N_("No longer open"),
    },
    finals=(ACCEPTED, DECLINED, WITHDRAWN, EXPIRED, VOID),
    steps=(
        step(
            "offer.make",
            title=N_("Make an offer"),
            past=N_("An offer was made"),
            by=PARTIES | {Role.MEDIATOR},
            leaves=(NEW,),
            enters=OPEN,
            starts=("offer-validity",),
            tells=(Told.TOURIST, Told.RESPONDENT, Told.MEDIATOR),
        ),
        step(
            "offer.accept",
            title=N_("Accept the offer"),
            past=N_("A party accepted the offer"),
            asks=N_("Answer the offer"),
            by=PARTIES,
            leaves=(OPEN,),
            tells=(Told.TOURIST, Told.RESPONDENT, Told.MEDIATOR),
            then=(Then("offer.conclude", "this-if-all-accepted"),),
            needs=(Need.POWER_TO_SETTLE, Need.CODE),
            undo=True,
            effects=("mark-acceptance",),
        ),
        step(
            "offer.conclude",
            title=N_("Record the acceptance"),
            past=N_("Everybody to whom the offer was made accepted it"),
            by=(Role.TABLE,),
            leaves=(OPEN,),
            enters=ACCEPTED,
            stops=("offer-validity",),
            then=(Then("offer.supersede", "other-offers-of-these-sides"),),
        ),
        step(
            "offer.decline",
            title=N_("Decline the offer"),
            past=N_("The offer was declined"),
            by=PARTIES,
            leaves=(OPEN,),
            enters=DECLINED,
            stops=("offer-validity",),
            tells=(Told.TOURIST, Told.RESPONDENT, Told.MEDIATOR),
        ),
        step(
            "offer.withdraw",
            title=N_("Withdraw the offer"),
            past=N_("The offer was withdrawn"),
            by=PARTIES | {Role.MEDIATOR},
            leaves=(OPEN,),
            enters=WITHDRAWN,
            stops=("offer-validity",),
            tells=(Told.TOURIST, Told.RESPONDENT, Told.MEDIATOR),
            undo=True,
        ),
        step(
            "offer.expire",
            title=N_("End the offer"),
            past=N_("The offer expired"),
            by=(Role.CLOCK,),
            leaves=(OPEN,),
            enters=EXPIRED,
            tells=(Told.TOURIST, Told.RESPONDENT, Told.MEDIATOR),
        ),
        step(
            "offer.void",
            title=N_("Void the offer"),
            past=N_("The offer is no longer open"),
            by=(Role.TABLE,),
            leaves=(OPEN,),
            enters=VOID,
            stops=("offer-validity",),
        ),
        step(
            "offer.supersede",
            title=N_("Close the offer"),
            past=N_("The offer was closed when the same sides settled on another one"),
            by=(Role.TABLE,),
            leaves=(OPEN,),
            enters=VOID,
            stops=("offer-validity",),
            tells=(Told.TOURIST, Told.RESPONDENT, Told.MEDIATOR),
        ),
    ),
    when_missed={"offer-validity": ("offer.expire",)},
)
