"""Judicial confirmation: both sides apply together, the court hears both and decides."""

from tourism_odr.cases.lifecycle.declare import NEW, OWN_PLACE, Need, PlaceKind, Then, Told, step, table
from tourism_odr.people.roles import COMPLAINANT, RESPONDENT, Role
from tourism_odr.text import N_

PREPARED = "prepared"
SIGNED = "signed"
SUBMITTED = "submitted"
RETURNED = "returned"
REGISTERED = "registered"
GRANTED = "granted"
REFUSED = "refused"
NOT_ACCEPTED = "not-accepted"
WITHDRAWN = "withdrawn"
DECLINED = "declined"
LAPSED = "lapsed"
ENFORCEMENT_ASKED = "enforcement-asked"
ENFORCING = "enforcing"
OPEN = (PREPARED, SIGNED, SUBMITTED, RETURNED, REGISTERED)
AT_COURT = (SUBMITTED, RETURNED, REGISTERED, GRANTED, REFUSED, NOT_ACCEPTED, ENFORCEMENT_ASKED, ENFORCING)
CONFIRMED = (GRANTED, ENFORCEMENT_ASKED, ENFORCING)
RULED_OUT = (REFUSED, NOT_ACCEPTED)
PARTIES = COMPLAINANT | RESPONDENT
BOTH = (Told.TOURIST, Told.RESPONDENT)
OUTCOME = (*BOTH, Told.MEDIATOR, Told.OFFICER)
CLOCKS = ("confirmation-window", "confirmation-submit", "confirmation-accept", "confirmation-supplement", "confirm")

_TO_THE_COURT = (
    step(
        "confirmation.prepare",
        title=N_("Prepare the joint application"),
        past=N_("The joint application for confirmation was prepared"),
        by=(Role.TABLE,),
        leaves=(NEW,),
        enters=PREPARED,
        effects=("seat-applicants",),
    ),
    step(
        "confirmation.invite",
        title=N_("Invite the other side to confirm"),
        past=N_("One side signed an application for confirmation and asked the other to join"),
        by=PARTIES,
        leaves=(NEW,),
        enters=PREPARED,
        starts=("confirmation-window",),
        tells=BOTH,
        needs=(Need.CONFIRMABLE, Need.POWER_TO_SIGN, Need.CODE),
        effects=("seat-applicants", "put-application-signature"),
        outsiders=True,
    ),
    step(
        "confirmation.sign",
        title=N_("Sign the application"),
        past=N_("A side signed the joint application"),
        asks=N_("Sign or decline the application for confirmation"),
        by=PARTIES,
        leaves=(PREPARED,),
        needs=(Need.POWER_TO_SIGN, Need.CODE, Need.NOT_APPLIED_YET),
        effects=("put-application-signature",),
        then=(Then("confirmation.conclude", "this-if-all-applied"),),
    ),
    step(
        "confirmation.decline",
        title=N_("Decline the application"),
        past=N_("A side does not join the application; nothing goes to the court"),
        by=PARTIES,
        leaves=(PREPARED,),
        enters=DECLINED,
        stops=CLOCKS,
        tells=BOTH,
        needs=(Need.NOT_APPLIED_YET,),
    ),
    step(
        "confirmation.lapse",
        title=N_("End the wait for the application"),
        past=N_("The application was not signed by both in time, or its text was reopened"),
        by=(Role.CLOCK, Role.TABLE),
        leaves=(PREPARED,),
        enters=LAPSED,
        stops=CLOCKS,
        tells=BOTH,
    ),
    step(
        "confirmation.conclude",
        title=N_("Complete the application"),
        past=N_("Both sides signed the application and said when it is to be submitted"),
        by=(Role.TABLE,),
        leaves=(PREPARED,),
        enters=SIGNED,
        starts=("confirmation-submit",),
        stops=("confirmation-window",),
        tells=BOTH,
        issues=("confirmation-application", "mediation-proof"),
        then=(Then("confirmation.submit", "this-if-at-once"),),
    ),
    step(
        "confirmation.submit",
        title=N_("Submit to the court"),
        past=N_("The application was submitted to the court, as both had signed"),
        by=PARTIES | {Role.TABLE, Role.CLOCK},
        leaves=(SIGNED,),
        enters=SUBMITTED,
        starts=("confirmation-accept",),
        stops=("confirmation-submit",),
        tells=(*BOTH, Told.CLERK),
        needs=(Need.CODE,),
        effects=("seat-confirming-court",),
    ),
    step(
        "confirmation.note-performed",
        title=N_("Point out the performance"),
        past=N_("What was agreed is performed; both sides were asked to withdraw the application"),
        by=(Role.TABLE,),
        leaves=(SIGNED, SUBMITTED, RETURNED, REGISTERED),
        tells=BOTH,
        bumps=False,
    ),
    step(
        "confirmation.withdraw",
        title=N_("Withdraw the application"),
        past=N_("A side withdrew the application; it ends once every side has"),
        by=PARTIES,
        leaves=(SIGNED, SUBMITTED, RETURNED, REGISTERED),
        tells=BOTH,
        needs=(Need.CODE, Need.NOT_WITHDRAWN_YET),
        effects=("put-withdrawal",),
        then=(Then("confirmation.end", "this-if-all-withdrew"),),
    ),
    step(
        "confirmation.end",
        title=N_("End the application"),
        past=N_("Both sides withdrew the application"),
        by=(Role.TABLE,),
        leaves=(SIGNED, SUBMITTED, RETURNED),
        enters=WITHDRAWN,
        stops=CLOCKS,
        tells=(*BOTH, Told.CLERK),
    ),
)
_AT_THE_COURT = (
    step(
        "confirmation.return",
        title=N_("Return for a supplement"),
        past=N_("The court asked for a supplement"),
        asks=N_("Receive the application, or ask for a supplement"),
        by=(Role.CLERK,),
        leaves=(SUBMITTED,),
        enters=RETURNED,
        starts=("confirmation-supplement",),
        stops=("confirmation-accept",),
        tells=BOTH,
    ),
    step(
        "confirmation.supplement",
        title=N_("Send the supplement"),
        past=N_("A side sent the court what was missing"),
        asks=N_("Send the court what is missing"),
        by=PARTIES,
        leaves=(RETURNED,),
        enters=SUBMITTED,
        starts=("confirmation-accept",),
        stops=("confirmation-supplement",),
        tells=(*BOTH, Told.CLERK),
    ),
    step(
        "confirmation.note-unsupplemented",
        title=N_("Note that nothing came"),
        past=N_("No supplement came in time; the court decides how to go on"),
        by=(Role.CLOCK,),
        leaves=(RETURNED,),
        enters=SUBMITTED,
        starts=("confirmation-accept",),
        tells=(*BOTH, Told.CLERK),
    ),
    step(
        "confirmation.register",
        title=N_("Accept and register"),
        past=N_("The court accepted the application and registered it"),
        by=(Role.CLERK,),
        leaves=(SUBMITTED,),
        enters=REGISTERED,
        starts=("confirm",),
        stops=("confirmation-accept",),
        tells=(*BOTH, Told.JUDGE),
    ),
    step(
        "confirmation.note-late",
        title=N_("Note the court's limit"),
        past=N_("The court's time for this step ran out"),
        by=(Role.CLOCK,),
        leaves=(SUBMITTED, REGISTERED),
        tells=(Told.CLERK, Told.JUDGE),
        bumps=False,
    ),
    step(
        "confirmation.reject",
        title=N_("Refuse to accept"),
        past=N_("The court did not accept the application, by a ruling with its grounds"),
        asks=N_("Decide whether the court takes the application up"),
        by=(Role.JUDGE,),
        leaves=(SUBMITTED,),
        enters=NOT_ACCEPTED,
        places=(OWN_PLACE, PlaceKind.FILE),
        stops=("confirmation-accept",),
        tells=OUTCOME,
        issues=("confirmation-ruling",),
    ),
    step(
        "confirmation.summon",
        title=N_("Set the hearing"),
        past=N_("The court set the day on which it hears both sides"),
        by=(Role.CLERK, Role.JUDGE),
        leaves=(REGISTERED,),
        tells=(*BOTH, Told.JUDGE),
    ),
    step(
        "confirmation.hear",
        title=N_("Record the hearing"),
        past=N_("The judge heard both sides; the record lies with the application"),
        by=(Role.JUDGE,),
        leaves=(REGISTERED,),
        tells=BOTH,
    ),
    step(
        "confirmation.grant",
        title=N_("Confirm the agreement"),
        past=N_("The court confirmed the agreement by a ruling"),
        asks=N_("Decide on the joint application"),
        by=(Role.JUDGE,),
        leaves=(REGISTERED,),
        enters=GRANTED,
        places=(OWN_PLACE, PlaceKind.FILE),
        stops=("confirm",),
        tells=(*OUTCOME, Told.CLERK),
        issues=("confirmation-ruling",),
        needs=(Need.HEARD,),
    ),
    step(
        "confirmation.refuse",
        title=N_("Refuse confirmation"),
        past=N_("The court refused to confirm the agreement, by a ruling with its grounds"),
        by=(Role.JUDGE,),
        leaves=(REGISTERED,),
        enters=REFUSED,
        places=(OWN_PLACE, PlaceKind.FILE),
        stops=("confirm",),
        tells=(*OUTCOME, Told.CLERK),
        issues=("confirmation-ruling",),
        needs=(Need.HEARD,),
    ),
    step(
        "confirmation.close-withdrawn",
        title=N_("End as withdrawn"),
        past=N_("The court ended the application as withdrawn, by a ruling"),
        by=(Role.JUDGE,),
        leaves=(SUBMITTED, REGISTERED),
        enters=WITHDRAWN,
        stops=CLOCKS,
        tells=(*BOTH, Told.CLERK),
        issues=("confirmation-ruling",),
        needs=(Need.WITHDRAWAL_SHOWN,),
    ),
)
_AFTERWARDS = (
    step(
        "confirmation.enforce",
        title=N_("Apply for enforcement"),
        past=N_("The payee applied to the court for enforcement"),
        by=PARTIES,
        leaves=(GRANTED,),
        enters=ENFORCEMENT_ASKED,
        tells=(*BOTH, Told.CLERK),
        issues=("enforcement-application",),
        needs=(Need.UNPAID_PAYEE, Need.POWER_TO_SIGN, Need.CODE),
    ),
    step(
        "confirmation.register-enforcement",
        title=N_("Register the enforcement"),
        past=N_("The court registered the application for enforcement"),
        by=(Role.CLERK,),
        leaves=(ENFORCEMENT_ASKED,),
        enters=ENFORCING,
        places=(OWN_PLACE, PlaceKind.FILE),
        tells=BOTH,
    ),
)

CONFIRMATION = table(
    "confirmation",
    N_("Judicial confirmation"),
    note="The joint application is prepared when the text of an agreement is fixed and signed in the same sitting as the "
    "agreement, or later by invitation while the 30 days last.  It names when it is to be submitted: at once, or at the "
    "latest on day 25 unless everything is performed and every side has withdrawn it.  The clock does not decide to file: "
    "it carries out what every applicant signed.  The court reads nothing before the submission, and then only the place "
    "of this application.  A contract that two sides made alone is never confirmed.",
    outlives=True,
    stages={
        PREPARED: N_("Waiting for the applicants' signatures"),
        SIGNED: N_("Signed by every side; not yet with the court"),
        SUBMITTED: N_("With the court; not yet accepted"),
        RETURNED: N_("Returned by the court for a supplement"),
        REGISTERED: N_("Accepted; the court examines it"),
        GRANTED: N_("Confirmed by the court"),
        REFUSED: N_("Confirmation refused"),
        NOT_ACCEPTED: N_("Application not accepted by the court"),
        WITHDRAWN: N_("Application withdrawn"),
        DECLINED: N_("One side did not join the application"),
        LAPSED: N_("Application fell away unsigned"),
        ENFORCEMENT_ASKED: N_("Confirmed; enforcement was applied for"),
        ENFORCING: N_("Confirmed; the court enforces it"),
    },
    finals=(GRANTED, REFUSED, NOT_ACCEPTED, WITHDRAWN, DECLINED, LAPSED, ENFORCING),
    may_rest=(PREPARED, ENFORCEMENT_ASKED),
    steps=(*_TO_THE_COURT, *_AT_THE_COURT, *_AFTERWARDS),
    when_missed={
        "confirmation-window": ("confirmation.lapse",),
        "confirmation-submit": ("confirmation.submit",),
        "confirmation-accept": ("confirmation.note-late",),
        "confirmation-supplement": ("confirmation.note-unsupplemented",),
        "confirm": ("confirmation.note-late",),
    },
)
