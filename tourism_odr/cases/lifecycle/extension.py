"""More time for a clock: proposed, consented to by each party, or decided by whom the law names."""

from tourism_odr.cases.lifecycle.declare import ABOUT, NEW, OWN_PLACE, Need, Then, Told, step, table
from tourism_odr.people.roles import COMPLAINANT, COURT, RESPONDENT, SUPERVISOR, Role
from tourism_odr.text import N_

PROPOSED = "proposed"
GRANTED = "granted"
DECLINED = "declined"
WITHDRAWN = "withdrawn"
LAPSED = "lapsed"

PARTIES = COMPLAINANT | RESPONDENT
ANSWER = "extension-answer"
READ = (OWN_PLACE, ABOUT)
EVERYBODY = (Told.TOURIST, Told.RESPONDENT, Told.MEDIATOR, Told.OFFICER)

EXTENSION = table(
    "extension",
    N_("Extension"),
    stages={
        PROPOSED: N_("More time is proposed; waiting for consent"),
        GRANTED: N_("The time is longer"),
        DECLINED: N_("Declined; the first date stays"),
        WITHDRAWN: N_("Withdrawn; the first date stays"),
        LAPSED: N_("Not answered by all in time; the first date stays"),
    },
    finals=(GRANTED, DECLINED, WITHDRAWN, LAPSED),
    outlives=True,
    note=(
        "An extension is about one clock whose rule has an `extension`: by whom (`by`), by how much at most (`count`) "
        "and how often (`times`) is the rule's. A kind that has a step `extend` of its own asks in its own way and "
        "shares `extending.lengthen`. When the clock ends first, the proposal is closed with it."
    ),
    steps=(
        step(
            "extension.propose",
            title=N_("Propose more time"),
            past=N_("More time was proposed"),
            by=PARTIES | SUPERVISOR | COURT | {Role.MEDIATOR},
            leaves=(NEW,),
            enters=PROPOSED,
            places=READ,
            starts=(ANSWER,),
            tells=EVERYBODY,
            needs=(Need.NOT_MEDIATOR, Need.CODE),
        ),
        step(
            "extension.order",
            title=N_("Decide on more time"),
            past=N_("It was decided that there is more time"),
            by=SUPERVISOR | {Role.JUDGE},
            leaves=(NEW,),
            enters=GRANTED,
            places=READ,
            tells=EVERYBODY,
            needs=(Need.NOT_MEDIATOR,),
            effects=("lengthen",),
        ),
        step(
            "extension.consent",
            title=N_("Consent to more time"),
            past=N_("A party consented to more time"),
            asks=N_("Say whether you consent to more time"),
            by=PARTIES,
            leaves=(PROPOSED,),
            places=READ,
            tells=(Told.MEDIATOR,),
            then=(Then("extension.grant", "this-if-all-consented"),),
            needs=(Need.CODE, Need.IN_TIME),
            bumps=False,
            effects=("note-consent",),
        ),
        step(
            "extension.decline",
            title=N_("Decline more time"),
            past=N_("A party declined more time; the first date stays"),
            by=PARTIES,
            leaves=(PROPOSED,),
            enters=DECLINED,
            places=READ,
            stops=(ANSWER,),
            tells=EVERYBODY,
            needs=(Need.CODE, Need.IN_TIME),
            effects=("note-refusal",),
        ),
        step(
            "extension.withdraw",
            title=N_("Withdraw the proposal"),
            past=N_("The proposal of more time was withdrawn"),
            by=PARTIES | SUPERVISOR | COURT | {Role.MEDIATOR},
            leaves=(PROPOSED,),
            enters=WITHDRAWN,
            places=READ,
            stops=(ANSWER,),
            tells=EVERYBODY,
            needs=(Need.PROPOSER,),
        ),
        step(
            "extension.grant",
            title=N_("Make the time longer"),
            past=N_("Every side consented: the time is longer"),
            by=(Role.TABLE,),
            leaves=(PROPOSED,),
            enters=GRANTED,
            places=READ,
            stops=(ANSWER,),
            tells=EVERYBODY,
            effects=("lengthen",),
        ),
        step(
            "extension.lapse",
            title=N_("Let the proposal lapse"),
            past=N_("Not everybody consented in time; the first date stays"),
            by=(Role.CLOCK,),
            leaves=(PROPOSED,),
            enters=LAPSED,
            places=READ,
            tells=EVERYBODY,
        ),
        step(
            "extension.close",
            title=N_("Close the proposal"),
            past=N_("The time that was to become longer has ended"),
            by=(Role.TABLE,),
            leaves=(PROPOSED,),
            enters=LAPSED,
            places=READ,
            stops=(ANSWER,),
        ),
    ),
    when_missed={ANSWER: ("extension.lapse",)},
)
