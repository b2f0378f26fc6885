"""Which ways are open to the parties of a case, and which papers go along."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from tourism_odr.cases.deadlines import rulebook_of
from tourism_odr.cases.lifecycle import is_final
from tourism_odr.cases.models import Agreement, Case, Subject
from tourism_odr.text import N_

COURT, ARBITRATION, COUNCIL, BODY = "court", "arbitration", "consumer-council", "competent-body"
ABROAD = "national-court"
ALWAYS = (COURT, ARBITRATION, ABROAD)  # the courts are open while mediation goes on, too


@dataclass(frozen=True)
class Way:
    """One way on: its name, what it is, and the law that it rests on.  All are message ids."""

    name: str
    what: str
    basis: str


WAYS = {
    COURT: Way(
        N_("Bring a suit in the people's court"),
        N_("At the respondent's domicile or where the contract was to be performed. You write and sign the complaint yourself; mediation that failed is no obstacle."),
        N_("Civil Procedure Law art. 24, 122, 124; the time limit is three years from the day you knew (Civil Code art. 188)"),
    ),
    ARBITRATION: Way(
        N_("Apply for arbitration, if the contract has an arbitration clause"),
        N_("Only where both sides agreed on it in writing; then it takes the place of the court."),
        N_("Tourism Law art. 92; Civil Procedure Law art. 127(2)"),
    ),
    COUNCIL: Way(
        N_("Ask the consumer council to mediate"),
        N_("Free of charge; it has procedures and time limits of its own."),
        N_("Consumer Protection Law art. 39; Tourism Law art. 92"),
    ),
    BODY: Way(
        N_("Turn to the body that is responsible"),
        N_("Unlawful conduct is looked into beside any settlement; a settlement does not end that."),
        N_("Tourism Law art. 91"),
    ),
    ABROAD: Way(
        N_("Bring the claim before a court of the country"),
        N_("Which court, by which procedure and until when is a matter of that country's law: ask in good time."),
        N_("The law of the country; it is no part of the rules that this service holds"),
    ),
}


def ways(session: Session, case: Case) -> tuple[list[Way], bool]:
    """The ways open now, and whether an agreement was broken (then the suit may rest on the agreement)."""
    stage = session.get_one(Subject, case.id).stage
    broken = select(Subject.id).join(Agreement, Agreement.id == Subject.id)
    breached = session.scalars(broken.where(Subject.case_id == case.id, Subject.stage == "breached")).first() is not None
    known, over = rulebook_of(case).ways, is_final("case", stage) or breached
    return [WAYS[way] for way in known if over or way in ALWAYS], breached
