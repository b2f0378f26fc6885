"""The words in which a lifecycle table is written: step, consequence, who is told, where it is recorded."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tourism_odr.people.roles import Role

NEW = "new"  # before its first step a subject has only been written down


class PlaceKind(StrEnum):
    """Where things of a case lie, and so who may read them."""

    TRIAGE = "triage"  # complainant and supervising body
    FILE = "file"  # the case file: all parties, the body, the mediator
    DIRECT = "direct"  # complainant and one respondent, talking without a mediator
    JOINT = "joint"  # the mediation room
    CAUCUS = "caucus"  # the mediator and one party
    AGREEMENT = "agreement"  # a mediated text: those who sign it, the mediator, and the body once it has effect
    INSIDE = "inside"  # one organisation among itself
    NOTES = "notes"  # one person's notes
    OWN = "own"  # one traveller's own
    COURT = "court"  # one plaintiff and, from the submission on, one court: what went there and nothing else
    SIDES = "sides"  # both sides of a suit and their court: what the court issues to them


OWN_PLACE = "the-subject's"  # the place that the subject itself lies in
ABOUT = "where-its-time-runs"  # of a pause or an extension: the place of the subject whose clock it is about


class Told(StrEnum):
    """Who gets the notice of a step; also the name of the notice's folder."""

    TOURIST = "tourist"
    RESPONDENT = "respondent"  # the one concerned; of a case or agreement: every one served
    MEDIATOR = "mediator"
    OFFICER = "officer"
    HEAD = "head"
    CLERK = "clerk"  # of the court that the subject is before
    JUDGE = "judge"


class Need(StrEnum):
    """What must hold beside stage and role; each is a function in ``cases/needs.py``."""

    POWER_TO_SETTLE = "power-to-settle"
    POWER_TO_SIGN = "power-to-sign"
    POWER_TO_ADMIT = "power-to-admit"
    CODE = "code"  # a code to the verified contact, or the printed recovery code, for who came by link
    NOT_MEDIATOR = "not-mediator"  # nobody supervises, approves or urges in a case that he mediates
    FIRST_REMINDER = "first-reminder"
    CLAUSES_WHOLE = "clauses-whole"
    NOT_SIGNED_YET = "not-signed-yet"
    HAS_SIGNED = "has-signed"
    NOT_COUNTERSIGNED = "not-countersigned"
    REGISTERED = "registered"  # every respondent is completed from the register
    NO_CONFLICT = "no-conflict"
    NOT_ELSEWHERE = "not-elsewhere"  # what another body has taken on is not mediated here as well
    IN_TIME = "in-time"  # asked for consent, nothing said yet, and the time to say it has not passed
    PROPOSER = "proposer"  # only whoever proposed it takes it back
    SAME_DAY = "same-day"  # a slip is mended on the day on which it happened
    PAYEE = "payee"  # only whoever is owed the money says whether it came
    CONFIRMABLE = "confirmable"  # by path, by a court's roster and within the 30 days
    NOT_APPLIED_YET = "not-applied-yet"
    NOT_WITHDRAWN_YET = "not-withdrawn-yet"
    HEARD = "heard"  # a court decides on a confirmation after hearing both sides
    WITHDRAWAL_SHOWN = "withdrawal-shown"  # by every side, or by a supplement that never came
    UNPAID_PAYEE = "unpaid-payee"
    REFUSED_BEFORE = "refused-before"  # a signed text is mended only after a court has ruled against it
    COMPLAINT_DECIDED = "complaint-decided"  # whether it is accepted, and by which body
    OF_THIS_SORT = "of-this-sort"  # each sort of application has its own letter
    DEPOSIT_OPEN = "deposit-open"  # a travel agency, and a violation or failure verified by more than a weak value
    WAY_TO_COURT = "way-to-court"  # mediation ended, was answered by silence, or the agreement was broken
    PAPERS_SIGNED = "papers-signed"  # each paper of the suit, as it reads now
    COURT_CONSENTS = "court-consents"  # to online procedure and to service online, each by itself
    ASKED_BY_COURT = "asked-by-court"
    CONSENT_UNDER_COURT = "consent-under-court"  # of every side of the suit
    APPLIED_TO_WITHDRAW = "applied-to-withdraw"
    RECEIPTS_OUTSTANDING = "receipts-outstanding"  # of any side
    DELEGATION = "delegation"  # the rules of the day still let a court delegate before registration


@dataclass(frozen=True)
class Then:
    """What a step does to other subjects: ``step`` is taken for each that ``to`` finds (``cases/consequences.py``)."""

    step: str
    to: str


@dataclass(frozen=True)
class Step:
    """One thing that may happen to a subject: who may do it, when, and what follows."""

    name: str
    title: str  # on the button, an English message id
    past: str  # on the timeline, an English message id
    by: frozenset[Role]
    leaves: frozenset[str]
    enters: str | None  # None: the stage stays
    places: tuple[str, ...]
    starts: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    tells: tuple[Told, ...] = ()
    issues: tuple[str, ...] = ()
    then: tuple[Then, ...] = ()
    needs: tuple[Need, ...] = ()
    undo: bool = False
    effects: tuple[str, ...] = ()  # what it does to the kernel's own rows (``cases/effects.py``)
    outsiders: bool = False  # tells people who do not read its place (yet)
    talk: bool = False  # one word of it is enough for a while: see the house rule "message-notice"
    bumps: bool = True  # a step that only adds to a place asks for no version and bumps none
    slices: bool = False  # functions registered by slices run with it
    asks: str = ""  # what somebody must do for whom it waits, when it leads several answers or its button says too little

    @property
    def kind(self) -> str:
        return self.name.partition(".")[0]

    @property
    def verb(self) -> str:
        return self.name.partition(".")[2]

    @property
    def task(self) -> str:
        """The heading over the answers that this step leads: what its reader must do, an English message id."""
        return self.asks or self.title

    @property
    def human(self) -> bool:
        return bool(self.by - {Role.CLOCK, Role.TABLE})


@dataclass(frozen=True)
class Table:
    """All that may happen to one kind of subject."""

    kind: str
    title: str
    stages: dict[str, str]  # stage -> title, an English message id
    finals: frozenset[str]
    steps: dict[str, Step]
    when_missed: dict[str, tuple[str, ...]]  # clock -> its step, then those a rulebook may choose instead
    outlives: bool = False  # may begin in a closed case: direct settlement stays possible after mediation ended
    note: str = ""  # what the rows alone do not say, for docs/lifecycle.md
    may_rest: frozenset[str] = frozenset()  # not final, yet no own clock: a limit of the whole case watches over it


def step(
    name: str,
    *,
    title: str,
    past: str,
    by: Iterable[Role],
    leaves: Iterable[str],
    enters: str | None = None,
    places: tuple[str, ...] = (OWN_PLACE,),
    **more: object,
) -> Step:
    """A row of a table; sets are frozen, and an undeclared place means the subject's own."""
    return Step(name, title, past, frozenset(by), frozenset(leaves), enters, places, **more)  # type: ignore[arg-type]  # the rest are the fields of Step by name


def table(
    kind: str,
    title: str,
    *,
    stages: dict[str, str],
    finals: Iterable[str],
    steps: Iterable[Step],
    when_missed: dict[str, tuple[str, ...]] | None = None,
    may_rest: Iterable[str] = (),
    outlives: bool = False,
    note: str = "",
) -> Table:
    """A table of one kind; stages and steps keep the order in which they are read aloud."""
    rows = {row.name: row for row in steps}
    return Table(kind, title, stages, frozenset(finals), rows, when_missed or {}, outlives, note, frozenset(may_rest))
