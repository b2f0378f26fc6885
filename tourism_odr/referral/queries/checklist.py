"""What a clerk looks for in a suit, what may be sent back, and on what grounds a judge refuses: codes with titles."""

from dataclasses import dataclass

from tourism_odr.cases.models.filing import COMPLAINT, EVIDENCE_LIST, SERVICE_ADDRESS
from tourism_odr.text import N_


@dataclass(frozen=True)
class Point:
    """Something that can be missing: its title, and the paper that is to be corrected."""

    title: str
    paper: str


POINTS = {
    "claim-unclear": Point(N_("The claim is not definite: say what, how much and from whom"), COMPLAINT),
    "facts-unclear": Point(N_("Facts and reasons do not carry the claim"), COMPLAINT),
    "defendant-unclear": Point(N_("The respondent is not identified: name as registered, address, licence"), COMPLAINT),
    "plaintiff-data": Point(N_("The plaintiff's data are not complete"), COMPLAINT),
    "cause": Point(N_("Another cause of action"), COMPLAINT),
    "evidence-purpose": Point(N_("The evidence list does not say what each item is to prove"), EVIDENCE_LIST),
    "evidence-missing": Point(N_("An item of evidence that the complaint names is missing"), EVIDENCE_LIST),
    "evidence-translation": Point(N_("A paper in a foreign language needs a Chinese translation"), EVIDENCE_LIST),
    "service-address": Point(N_("The confirmation of the service address is not complete"), SERVICE_ADDRESS),
    "identity": Point(N_("Proof of identity is missing or cannot be read"), "identity"),
    "authority": Point(N_("The power of whoever acts for the plaintiff is missing"), "identity"),
    "other": Point(N_("Something else"), "other"),
}
# Grounds on which a court does not register a suit (Civil Procedure Law art. 122, 127).
GROUNDS = {
    "no-interest": N_("The plaintiff has no direct interest in the matter (Civil Procedure Law art. 122(1))"),
    "no-defendant": N_("There is no definite respondent (art. 122(2))"),
    "no-claim": N_("There is no definite claim with facts and reasons (art. 122(3))"),
    "not-civil": N_("The matter is none of civil suits of the people's courts (art. 122(4))"),
    "arbitration": N_("The two sides agreed on arbitration in writing (art. 127(2))"),
    "other-court": N_("Another court has jurisdiction (art. 127(4))"),
    "decided": N_("The matter has been decided with legal effect (art. 127(5))"),
}
