"""One payment of an agreement: due, reported, confirmed, disputed or missed."""

from tourism_odr.cases.lifecycle.declare import NEW, OWN_PLACE, Need, PlaceKind, Then, Told, step, table
from tourism_odr.people.roles import COMPLAINANT, RESPONDENT, Role
from tourism_odr.text import N_

DUE = "due"
REPORTED = "reported"
PAID = "paid"
PAID_AS_REPORTED = "paid-as-reported"
DISPUTED = "disputed"
MISSED = "missed"
LAPSED = "lapsed"
PARTIES = COMPLAINANT | RESPONDENT
ALL = (Told.TOURIST, Told.RESPONDENT, Told.MEDIATOR)
ENDS = (
    Then("agreement.perform", "agreement-if-all-paid"),
    Then("agreement.presume-performed", "agreement-if-all-paid-as-reported"),
    Then("agreement.heal", "breached-agreement-if-all-paid"),
)

INSTALMENT = table(
    "instalment",
    N_("Payment"),
    stages={
        DUE: N_("To be paid"),
        REPORTED: N_("Reported as paid"),
        PAID: N_("Paid"),
        PAID_AS_REPORTED: N_("Paid as reported, not confirmed"),
        DISPUTED: N_("Payment disputed"),
        MISSED: N_("Not paid in time"),
        LAPSED: N_("Taken over into a new edition"),
    },
    finals=(PAID, LAPSED),
    may_rest=(PAID_AS_REPORTED, MISSED),
    steps=(
        step(
            "instalment.begin",
            title=N_("Begin performance"),
            past=N_("A payment is to be made by its date"),
            by=(Role.TABLE,),
            leaves=(NEW,),
            enters=DUE,
            starts=("performance",),
        ),
        step(
            "instalment.report",
            title=N_("Report the payment"),
            past=N_("The payment was reported"),
            asks=N_("Pay, then report the payment"),
            by=PARTIES,
            leaves=(DUE, DISPUTED, MISSED),
            enters=REPORTED,
            starts=("payee-word",),
            stops=("performance", "performance-grace"),
            tells=ALL,
        ),
        step(
            "instalment.confirm",
            title=N_("Confirm the payment"),
            past=N_("The payee confirmed the payment"),
            asks=N_("Confirm or dispute the payment"),
            by=PARTIES,
            leaves=(DUE, REPORTED, PAID_AS_REPORTED, DISPUTED, MISSED),
            enters=PAID,
            stops=("performance", "performance-grace", "payee-word"),
            tells=ALL,
            issues=("payment-receipt",),
            effects=("note-performance",),
            then=ENDS,
            needs=(Need.PAYEE,),
        ),
        step(
            "instalment.dispute",
            title=N_("The money has not come"),
            past=N_("The payee says that the money has not come"),
            by=PARTIES,
            leaves=(REPORTED, PAID_AS_REPORTED),
            enters=DISPUTED,
            starts=("performance-grace",),
            stops=("payee-word",),
            tells=ALL,
            then=(Then("agreement.reopen", "agreement-performed-as-reported"),),
            needs=(Need.PAYEE,),
        ),
        step(
            "instalment.presume",
            title=N_("Record the payment as reported"),
            past=N_("The payee was silent; the payment counts as reported"),
            by=(Role.CLOCK,),
            leaves=(REPORTED,),
            enters=PAID_AS_REPORTED,
            tells=ALL,
            effects=("note-performance",),
            then=ENDS,
        ),
        step(
            "instalment.miss",
            title=N_("Record the missed payment"),
            past=N_("The payment was not made by its date"),
            by=(Role.CLOCK,),
            leaves=(DUE, DISPUTED),
            enters=MISSED,
            places=(OWN_PLACE, PlaceKind.FILE),
            tells=(*ALL, Told.OFFICER),
            then=(Then("agreement.breach", "agreement"),),
        ),
        step(
            "instalment.lapse",
            title=N_("Take the payment over"),
            past=N_("A new edition of the agreement says when this is paid"),
            by=(Role.TABLE,),
            leaves=(DUE, DISPUTED, MISSED),
            enters=LAPSED,
            stops=("performance", "performance-grace"),
        ),
    ),
    when_missed={
        "performance": ("instalment.miss",),
        "performance-grace": ("instalment.miss",),
        "payee-word": ("instalment.presume",),
    },
)
