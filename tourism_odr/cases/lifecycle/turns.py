"""Whose turn it is: for every open stage of the case and of its respondents, who has to do something next.

While a pause runs it is nobody's turn: a set time runs.  Beside that only these two kinds count, because every party
reads their stages: whose turn it is tells nobody of an offer, a talk or a payment that they do not see.  With several respondents the one furthest from its end decides, in the
order in which the stages of the table are read.
Once they have ended, a suit counts from what the court has told both sides.
"""

from enum import StrEnum

from tourism_odr.cases.lifecycle import case, respondent, suit
from tourism_odr.text import N_


class Turn(StrEnum):
    """Who has to do something next; every minute of an open case belongs to exactly one of them."""

    COMPLAINANT = "complainant"
    RESPONDENT = "respondent"
    MEDIATOR = "mediator"
    BODY = "body"
    COURT = "court"
    WAIT = "wait"  # nobody: a time that the law or the parties have set runs


TURN_TITLES = {
    Turn.COMPLAINANT: N_("the tourist"),
    Turn.RESPONDENT: N_("the respondent"),
    Turn.MEDIATOR: N_("the mediator"),
    Turn.BODY: N_("the supervising body"),
    Turn.COURT: N_("the court"),
    Turn.WAIT: N_("nobody: a set time runs"),
}
# An accepted case waits for whom its respondents wait; with none of them open, for the body to close it.
OF_CASE = {
    case.LODGED: Turn.BODY,
    case.RETURNED: Turn.COMPLAINANT,
    case.REFUSAL_PROPOSED: Turn.BODY,
    case.ACCEPTED: Turn.BODY,
}
OF_RESPONDENT = {
    respondent.NAMED: Turn.BODY,
    respondent.AWAITING_SERVICE: Turn.BODY,
    respondent.AWAITING_ANSWER: Turn.RESPONDENT,
    respondent.ANSWERED: Turn.COMPLAINANT,
    respondent.SILENT: Turn.COMPLAINANT,
    respondent.REMINDER_ASKED: Turn.BODY,
    respondent.REMINDED: Turn.RESPONDENT,
    respondent.UNANSWERED: Turn.COMPLAINANT,
    respondent.INVITED: Turn.RESPONDENT,
    respondent.MEDIATION: Turn.MEDIATOR,
}
# A suit that was only submitted is still between the plaintiff and the court.
OF_SUIT = {suit.REGISTERED: Turn.COURT, suit.ENTRUSTED: Turn.MEDIATOR, suit.DELEGATED: Turn.MEDIATOR}
