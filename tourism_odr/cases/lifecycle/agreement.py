"""An agreement: drafted from clauses, locked, signed by each, performed or breached."""

from tourism_odr.cases.lifecycle.declare import NEW, Need, Then, Told, step, table
from tourism_odr.people.roles import COMPLAINANT, RESPONDENT, Role
from tourism_odr.text import N_

DRAFTED = "drafted"
LOCKED = "locked"
SIGNED = "signed"
PERFORMED = "performed"
PERFORMED_AS_REPORTED = "performed-as-reported"
BREACHED = "breached"
ABANDONED = "abandoned"
PARTIES = COMPLAINANT | RESPONDENT
ALL = (Told.TOURIST, Told.RESPONDENT, Told.MEDIATOR)

AGREEMENT = table(
    "agreement",
    N_("Agreement"),
    stages={
        DRAFTED: N_("Being drafted"),
        LOCKED: N_("Waiting for signatures"),
        SIGNED: N_("Signed; to be performed"),
        PERFORMED: N_("Performed"),
        PERFORMED_AS_REPORTED: N_("Performed as reported, not confirmed"),
        BREACHED: N_("Not performed in time"),
        ABANDONED: N_("Given up"),
    },
    finals=(PERFORMED, PERFORMED_AS_REPORTED, BREACHED, ABANDONED),
    may_rest=(DRAFTED, SIGNED),
    steps=(
        step(
            "agreement.draft",
            title=N_("Draft an agreement"),
            past=N_("An agreement was drafted"),
            by=PARTIES | {Role.MEDIATOR},
            leaves=(NEW,),
            enters=DRAFTED,
        ),
        step(
            "agreement.revise",
            title=N_("Save the draft"),
            past=N_("The draft was changed"),
            by=PARTIES | {Role.MEDIATOR},
            leaves=(DRAFTED,),
        ),
        step(
            "agreement.lock",
            title=N_("Send for signature"),
            past=N_("The text was fixed and sent for signature"),
            by=PARTIES | {Role.MEDIATOR},
            leaves=(DRAFTED,),
            enters=LOCKED,
            starts=("sign",),
            tells=ALL,
            needs=(Need.CLAUSES_WHOLE,),
        ),
        step(
            "agreement.unlock",
            title=N_("Change the text"),
            past=N_("The text was reopened; signatures given so far fell away"),
            by=PARTIES | {Role.MEDIATOR},
            leaves=(LOCKED,),
            enters=DRAFTED,
            stops=("sign",),
            tells=ALL,
        ),
        step(
            "agreement.sign",
            title=N_("Sign"),
            past=N_("A party signed"),
            by=PARTIES,
            leaves=(LOCKED,),
            tells=(Told.MEDIATOR,),
            then=(Then("agreement.conclude", "this-if-all-signed"),),
            needs=(Need.POWER_TO_SETTLE, Need.CODE, Need.NOT_SIGNED_YET),
        ),
        step(
            "agreement.take-back",
            title=N_("Take my signature back"),
            past=N_("A party took its signature back"),
            by=PARTIES,
            leaves=(LOCKED,),
            tells=(Told.MEDIATOR,),
            needs=(Need.HAS_SIGNED,),
        ),
        step(
            "agreement.lapse",
            title=N_("End the wait for signatures"),
            past=N_("Not everybody signed in time; the text is open again"),
            by=(Role.CLOCK,),
            leaves=(LOCKED,),
            enters=DRAFTED,
            tells=ALL,
        ),
        step(
            "agreement.conclude",
            title=N_("Conclude"),
            past=N_("Everybody signed; the agreement has effect"),
            by=(Role.TABLE,),
            leaves=(LOCKED,),
            enters=SIGNED,
            stops=("sign",),
            tells=(*ALL, Told.OFFICER),
            issues=("agreement",),
            then=(
                Then("instalment.begin", "instalments"),
                Then("respondent.agree", "signing-respondents"),
                Then("agreement.perform", "this-if-nothing-is-due"),
            ),
        ),
        step(
            "agreement.perform",
            title=N_("Record performance"),
            past=N_("The agreement was performed"),
            by=(Role.TABLE,),
            leaves=(SIGNED,),
            enters=PERFORMED,
            tells=(*ALL, Told.OFFICER),
        ),
        step(
            "agreement.presume-performed",
            title=N_("Record performance as reported"),
            past=N_("The agreement was performed as reported; the payee was silent"),
            by=(Role.TABLE,),
            leaves=(SIGNED,),
            enters=PERFORMED_AS_REPORTED,
            tells=(*ALL, Told.OFFICER),
        ),
        step(
            "agreement.breach",
            title=N_("Record the breach"),
            past=N_("A payment was missed"),
            by=(Role.TABLE,),
            leaves=(SIGNED,),
            enters=BREACHED,
            tells=(*ALL, Told.OFFICER),
        ),
        step(
            "agreement.heal",
            title=N_("Record late performance"),
            past=N_("What was missed was paid after all"),
            by=(Role.TABLE,),
            leaves=(BREACHED,),
            enters=PERFORMED,
            tells=(*ALL, Told.OFFICER),
        ),
        step(
            "agreement.reopen",
            title=N_("Reopen"),
            past=N_("The payee spoke up: the payment is disputed"),
            by=(Role.TABLE,),
            leaves=(PERFORMED_AS_REPORTED,),
            enters=SIGNED,
            tells=(*ALL, Told.OFFICER),
        ),
        step(
            "agreement.abandon",
            title=N_("Give up the agreement"),
            past=N_("The agreement was given up"),
            by=(Role.TABLE, Role.MEDIATOR),
            leaves=(DRAFTED, LOCKED),
            enters=ABANDONED,
            stops=("sign",),
        ),
    ),
    when_missed={"sign": ("agreement.lapse",)},
)
