"""The stages of a suit, and who reads and is told of what happens to it."""

from tourism_odr.cases.lifecycle.declare import OWN_PLACE, PlaceKind, Then, Told

PREPARED = "prepared"
SIGNED = "signed"
SUBMITTED = "submitted"
RETURNED = "returned"
WITHDRAWN = "withdrawn"
REGISTERED = "registered"
REFUSED = "refused"
ENTRUSTED = "entrusted"
DELEGATED = "delegated"
INSTRUMENT = "instrument"
SUIT_WITHDRAWN = "suit-withdrawn"
AGREED = "agreed"
DECIDED = "decided"

WITH_PLAINTIFF = (PREPARED, SIGNED, RETURNED)  # the plaintiff writes; the court waits
INVITING = (SUBMITTED, REGISTERED)
MEDIATING = (ENTRUSTED, DELEGATED)
ENDS = (  # with the mediation under the court end its offers, the texts being written, and its mediator's task
    Then("offer.void", "offers-of-this-suit"),
    Then("agreement.abandon", "agreements-of-this-suit"),
    Then("appointment.end", "appointments-of-this"),
)
BENCH = (Told.CLERK, Told.JUDGE)
SIDES = (Told.TOURIST, Told.RESPONDENT)
HOME = (OWN_PLACE, PlaceKind.FILE)  # what the parties and the body read in the case as well
BOTH = (PlaceKind.SIDES, *HOME)  # with a paper for both sides
LIMITS = ("entrusted-ordinary", "entrusted-summary", "before-filing")  # which of them runs, the suit itself says
MEDIATION_CLOCKS = ("choose-mediator", "appoint-mediator", *LIMITS)
