"""Every figure, defined once: which step counts, what takes it back, which day decides the month, which limit.

The counting (``facts.py``), the pages that explain, and docs/figures.md all read this table.
"""

from dataclasses import dataclass

from tourism_odr.text import N_

RECEIVED, ACCEPTED, REFUSED, TRANSFERRED = "received", "accepted", "refused", "transferred"
WITHDRAWN, CONCLUDED, IN_TIME, OVERDUE = "withdrawn", "concluded", "in-time", "overdue"
DAYS, TURN, MONEY = "days", "turn", "money"
ENDS = (REFUSED, TRANSFERRED, WITHDRAWN, CONCLUDED)
LEAVES = ("case.transfer-out", "case.follow-elsewhere")
LIMITS = ("conclude-local", "conclude-national")  # clocks: the body's time for its answer

OF_EVENT = N_("The local day of the step.")
FIRST = N_("The local day of the first such step in the case.")
NO_LIMIT = N_("None.")


@dataclass(frozen=True)
class Figure:
    """One figure.  All sentences are English message ids; ``counts`` and ``undone`` are names of steps."""

    code: str
    title: str
    what: str
    counts: tuple[str, ...] = ()
    undone: tuple[str, ...] = ()
    day: str = FIRST
    limit: str = NO_LIMIT
    clocks: tuple[str, ...] = ()
    sums: str = ""
    note: str = ""
    measure: str = "cases"  # cases, days, minutes, money


FLOW = (
    Figure(
        RECEIVED, N_("Received"), N_("Cases that a body received: lodged with it, or taken over from another body."),
        ("case.lodge", "transfer.accept", "transfer.designate"),
        day=N_("The local day of receipt; of a case that was taken over, the day of that."),
        sums=N_("Open before + received = refused + transferred + withdrawn + concluded + open at the end."),
        note=N_("A case that passes from one body of this service to another counts with each of them."),
    ),
    Figure(
        ACCEPTED, N_("Accepted"), N_("Cases whose complaint the body accepted."), ("case.accept",), day=OF_EVENT,
        limit=N_("Acceptance is to be decided within the limit of the rules; see late decisions."), clocks=("decide",),
    ),
    Figure(REFUSED, N_("Refused"), N_("Cases that the body did not accept."), ("case.approve-refusal",), day=OF_EVENT),
    Figure(
        TRANSFERRED, N_("Transferred"), N_("Cases that left the body for another one, inside or outside of this service, or that another body had taken on."),
        (*LEAVES, "transfer.accept", "transfer.designate"), day=OF_EVENT,
    ),
    Figure(WITHDRAWN, N_("Withdrawn"), N_("Cases whose complaint the tourist took back."), ("case.withdraw",), day=OF_EVENT),
    Figure(
        CONCLUDED, N_("Concluded"), N_("Accepted or open cases that were closed: by agreement, without one, or by the time limit."),
        ("case.close", "case.run-out"), day=OF_EVENT, sums=N_("Concluded = in time + overdue."),
    ),
)  # fmt: skip
TIME = (
    Figure(
        IN_TIME, N_("In time"), N_("Concluded cases in which no limit for the body's answer had passed."),
        ("case.close",), day=N_("The local day on which the case was closed."),
        limit=N_("Both limits for concluding, local and national."), clocks=LIMITS,
    ),
    Figure(
        OVERDUE, N_("Overdue"), N_("Concluded cases in which a limit for the body's answer passed before, or that ended by it."),
        ("case.close", "case.run-out"), day=N_("The local day on which the case was closed."),
        limit=N_("Either limit for concluding, local or national."), clocks=LIMITS,
    ),
    Figure(
        "late-decisions", N_("Late decisions"), N_("Cases in which the time for deciding on acceptance ran out."),
        ("case.note-late-decision",), limit=N_("The limit for deciding on acceptance."), clocks=("decide",),
    ),
    Figure(
        DAYS, N_("Median days"), N_("Of concluded cases: calendar days from receipt to the end; half took as long or less."),
        ("case.close", "case.run-out"), day=N_("The local day on which the case was closed."), measure="days",
    ),
    Figure(
        TURN, N_("Whose turn"), N_("Of concluded cases: for how many minutes it was whose turn, from receipt to the end."),
        ("case.close", "case.run-out"), day=N_("The local day on which the case was closed."), measure="minutes",
        note=N_("Every minute of an open case belongs to exactly one; whole minutes of each are counted."),
    ),
)  # fmt: skip
ANSWERS = (
    Figure(
        "answered", N_("Answered"), N_("Cases in which a respondent answered."),
        ("respondent.answer", "respondent.not-our-customer"), limit=N_("Late answers count, too."), clocks=("answer",),
    ),
    Figure(
        "silent", N_("Silent"), N_("Cases in which no answer of a respondent came in time."),
        ("respondent.fall-silent", "respondent.count-as-refusal"), ("respondent.unserve",),
        limit=N_("The answer date of the service letter."), clocks=("answer",),
        note=N_("When the service turns out to have failed, the silence is taken back."),
    ),
    Figure("mediated", N_("Mediated"), N_("Cases in which mediation was opened."), ("respondent.open-mediation",)),
    Figure("urged", N_("Urged"), N_("Cases in which the body urged somebody."), ("urge.approve",)),
)  # fmt: skip
OUTCOMES = (
    Figure(
        "settled", N_("Settled"), N_("Cases in which an agreement was signed or the sides settled."),
        ("agreement.conclude", "respondent.settle"),
    ),
    Figure(
        "terminated", N_("Terminated"), N_("Cases in which mediation with a respondent ended without agreement."),
        ("respondent.terminate", "respondent.decline-invitation", "respondent.lapse-invitation",
         "respondent.choose-termination", "respondent.count-as-refusal", "respondent.run-out"),
        note=N_("A case with several respondents may be settled with one and terminated with another."),
    ),
    Figure(
        "performed", N_("Performed"), N_("Cases in which everything of an agreement was paid."),
        ("agreement.perform", "agreement.presume-performed", "agreement.heal"), ("agreement.reopen",),
        limit=N_("The days that the agreement sets."), clocks=("performance", "payee-word"),
    ),
    Figure(
        "breached", N_("Breached"), N_("Cases in which a payment of an agreement was not made by its day."),
        ("agreement.breach",), limit=N_("The days that the agreement sets."), clocks=("performance", "performance-grace"),
    ),
    Figure(
        MONEY, N_("Money recovered"), N_("What was paid under agreements that a mediator concluded, by currency."),
        ("instalment.confirm", "instalment.presume"), day=N_("The local day on which the payment was first recorded."),
        measure="money",
        note=N_("What the two sides settle alone stays theirs: the case counts, its amounts do not."),
    ),
)  # fmt: skip
COURT = (
    Figure("filed", N_("Suits submitted"), N_("Cases in which a suit was submitted to a court."), ("filing.submit",)),
    Figure("registered", N_("Registered"), N_("Cases in which a court registered a suit."), ("filing.register",)),
    Figure("court-refused", N_("Not registered"), N_("Cases in which a court refused to register a suit."), ("filing.refuse",)),
    Figure("entrusted", N_("Back to mediation"), N_("Cases that a court gave back to mediation."), ("filing.entrust", "filing.delegate")),
    Figure("confirmed", N_("Confirmed"), N_("Cases in which a court confirmed an agreement."), ("confirmation.grant",)),
    Figure(
        "confirmation-refused", N_("Confirmation not granted"), N_("Cases in which a court did not confirm an agreement."),
        ("confirmation.refuse",),
    ),
)  # fmt: skip

GROUPS = (
    (N_("From receipt to the end"), FLOW),
    (N_("Time"), TIME),
    (N_("Answers and mediation"), ANSWERS),
    (N_("What came of it"), OUTCOMES),
    (N_("At the court"), COURT),
)
FIGURES = {figure.code: figure for _, group in GROUPS for figure in group}
