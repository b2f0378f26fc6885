"""What complaints are about, what is asked for, and what a trip sheet holds: codes with their titles.

Tourists choose among a few plain groups; staff and imported cases may use the finer codes.  Every code that
a case can carry has its title here, so that all pages name it alike.
"""

from dataclasses import dataclass

from tourism_odr.amounts import heads
from tourism_odr.text import N_


@dataclass(frozen=True)
class Group:
    """One large answer to "what went wrong?"; ``law`` is one line of what the law says about it."""

    code: str
    title: str
    hint: str
    icon: str
    law: str
    covers: tuple[str, ...] = ()


GROUPS = (
    Group(
        "cancelled_by_tourist",
        N_("Cancelled, and the refund is refused"),
        N_("The trip was cancelled by you, by the seller or by events"),
        "refund",
        N_("Costs that were really incurred may be kept; the rest is to be refunded (Tourism Law, articles 63 to 68)."),
        ("cancelled_by_agency", "force_majeure_refund", "refund_agreement_breach"),
    ),
    Group(
        "itinerary_change",
        N_("The trip was changed"),
        N_("Sights left out, another route, other dates"),
        "route",
        N_("The itinerary may not be changed without your consent (Tourism Law, articles 69 and 100)."),
        ("missed_attraction", "stranded_dumping"),
    ),
    Group(
        "service_downgrade",
        N_("Hotel, meals or transport worse than agreed"),
        N_("Lower class, dirty, late, or not there at all"),
        "bed",
        N_("What was promised in the contract has to be delivered (Tourism Law, article 70)."),
    ),
    Group(
        "forced_shopping",
        N_("Forced shopping or extra payments"),
        N_("Shops or paid extras that you did not want"),
        "bag",
        N_("For a time after the trip you may ask the agency to return goods or refund extras (Tourism Law, article 35)."),
    ),
    Group(
        "guide_service",
        N_("The guide or the staff"),
        N_("Rude, absent, or left you behind"),
        "flag",
        N_("Guides have to follow the itinerary and may not leave the group (Tourism Law, article 41)."),
    ),
    Group(
        "injury_or_death",
        N_("Somebody was hurt, or something was lost"),
        N_("Accident, illness, luggage"),
        "shield",
        N_("The agency answers for harm that it or its suppliers caused (Tourism Law, articles 70 and 71)."),
    ),
    Group(
        "visa",
        N_("Visa or travel papers"),
        N_("Refused, late, or wrongly handled"),
        "ticket",
        N_("It depends on who was to prepare the papers, and on what was said about the risk."),
    ),
    Group(
        "ota_platform_terms",
        N_("Booked online"),
        N_("A platform, a hotel or a ticket; terms that you did not see"),
        "plane",
        N_("Unfair standard terms have no effect (Civil Code, article 497)."),
        ("prepaid_membership",),
    ),
    Group(
        "false_advertising_fraud",
        N_("Not what was advertised"),
        N_("False promises, no licence, fraud"),
        "search",
        N_("Advertising must be true; whoever deceives pays more than the price (Consumer Protection Law, article 55)."),
        ("unlicensed_operation",),
    ),
    Group(
        "other",
        N_("None of these fits"),
        N_("Say it in your own words; an officer sorts it"),
        "more",
        N_("An officer looks at what you write and finds the rule that fits."),
        ("tourist_breach",),
    ),
)

FINER = {
    "cancelled_by_agency": N_("Cancelled by the agency"),
    "force_majeure_refund": N_("Cancelled by events beyond control"),
    "refund_agreement_breach": N_("An agreed refund was not paid"),
    "missed_attraction": N_("A sight was left out"),
    "stranded_dumping": N_("Left behind during the trip"),
    "prepaid_membership": N_("Prepaid card or membership"),
    "unlicensed_operation": N_("Business without a licence"),
    "tourist_breach": N_("Said to be the tourist's own breach"),
}
TITLES = {group.code: group.title for group in GROUPS} | FINER

CLAIMS = {
    "refund": N_("Refund"),
    "compensation": N_("Compensation"),
    "apology": N_("An apology"),
    "performance": N_("Do what was agreed, or rearrange it"),
    "advise": N_("I am not sure; advise me"),
}

RESPONDENT_KINDS = {
    "agency": N_("Travel agency"),
    "branch": N_("Branch of a travel agency"),
    "platform": N_("Online platform"),
    "hotel": N_("Hotel or guest house"),
    "sight": N_("Sight or park"),
    "carrier": N_("Transport company"),
    "shop": N_("Shop"),
    "person": N_("A person"),
}

MARKETS = {
    "domestic": N_("Within mainland China"),
    "outbound": N_("From mainland China to elsewhere"),
    "inbound": N_("From elsewhere to mainland China"),
    "abroad": N_("Neither within, from nor to mainland China"),
}

ELSEWHERE = "elsewhere"
TRIP = {
    "order": N_("Order or contract number"),
    "from": N_("First day of the trip"),
    "to": N_("Last day of the trip"),
    "fee": N_("Price paid"),
    "told": N_("Another office already told"),
    ELSEWHERE: N_("Taken on by another body"),
    "asked": N_("Business first asked to put it right on"),
    "contract": N_("Form of the contract"),
    "place": N_("Where it was signed or booked"),
}

MEASURED = {
    "notice": N_("Day on which the cancellation arrived"),
    "ticket": N_("Price of what was left out"),
    "loss": N_("Direct loss, or cost of services of the same class"),
    "difference": N_("Difference in price"),
}
CONTRACT_SAID = {
    "contract-model-2014": N_("The contract follows the 2014 model"),
    "contract-own-terms": N_("The contract has its own terms on compensation"),
    "contract-silent": N_("Nothing was agreed on compensation"),
}
HAPPENED = {code: head.title for code, head in heads().items()}
TRIP_SHEET = TRIP | MEASURED | CONTRACT_SAID | HAPPENED
"""Every key of a trip sheet: values first, then what is said to be so, which each side agrees to or denies."""


def group_of(code: str) -> Group:
    """The plain group that a category belongs to; an unknown one is sorted under the last."""
    return next((group for group in GROUPS if code == group.code or code in group.covers), GROUPS[-1])


def category_title(code: str) -> str:
    """The title of a category, an English message id."""
    return TITLES.get(code, GROUPS[-1].title)
