"""Acts of a suit: the tourist's papers, the court's desk, mediation under the court, and how it ends."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select

from tourism_odr.cases.models import Case, CourtOutcome, Filing, FilingPaper
from tourism_odr.cases.models.filing import COMPLAINT, CONSENTS, EVIDENCE_LIST, PAPERS, SERVICE_ADDRESS
from tourism_odr.cases.papers.sealed import unseal
from tourism_odr.clock import local_day
from tourism_odr.db import db
from tourism_odr.demo.acting import act
from tourism_odr.demo.cast import MEDIATORS
from tourism_odr.demo.play import Play
from tourism_odr.mediation.commands import desk
from tourism_odr.people.actor import Actor
from tourism_odr.referral.commands import bench, filing, under_court
from tourism_odr.referral.queries import bundle
from tourism_odr.referral.queries import filing as queries

PAUSE = timedelta(minutes=6)  # between two papers that somebody reads
TRAVEL = "旅游合同纠纷"


def _suit(play: Play) -> bench.Suit:
    one = play.last["filing"]
    return bench.Suit(play.case_id, one, play.version(one))


def _filing(play: Play) -> Filing:
    return db.session().get_one(Filing, play.last["filing"], populate_existing=True)


def _paper(play: Play, kind: str) -> FilingPaper:
    wanted = select(FilingPaper).where(FilingPaper.filing_id == play.last["filing"], FilingPaper.kind == kind)
    return db.session().scalars(wanted.execution_options(populate_existing=True)).one()


def _clerk(play: Play) -> Actor:
    return play.cast.actor("court-clerk")


def _judge(play: Play) -> Actor:
    return play.cast.actor("judge")


def _number(play: Play) -> str:
    """The next number of the court: one for each suit that it registered or refused."""
    session = db.session()
    registered = session.scalar(select(func.count(Filing.id)).where(Filing.number.is_not(None))) or 0
    refused = session.scalar(select(func.count(CourtOutcome.filing_id)).where(CourtOutcome.code == bench.REFUSED)) or 0
    return f"（{play.at.year}）演0101民初{registered + refused + 1}号"


# --- the tourist
@act
def sue(play: Play) -> None:
    """The package is prepared from the record against everybody who can be sued; each paper is completed and signed."""
    open_ones = queries.eligible(db.session(), db.session().get_one(Case, play.case_id))
    command = filing.Prepare(
        play.case_id, play.cast.organisations["court"], tuple(one.party.id for one in open_ones), queries.PERFORMANCE,
        TRAVEL, play.part.claim, arbitration=False, foreign=play.part.market != "domestic", small_claim=False,
    )  # fmt: skip
    play.last["filing"] = filing.prepare(command, by=play.tourist, at=play.at)
    _complete(play)
    for kind in PAPERS:
        play.at += PAUSE
        paper = filing.SignPaper(*_seen(play), kind, _paper(play, kind).digest, code_checked=True)
        filing.sign_paper(paper, by=play.tourist, at=play.at)
    filing.consent(
        play.last["filing"], dict.fromkeys(CONSENTS, True), code_checked=True, by=play.tourist, at=play.at + PAUSE
    )


def _complete(play: Play) -> None:
    """What the record does not hold: identity and address, and what each file is to prove."""
    where = {"address": play.line("suit", "address"), "phone": play.line("suit", "phone")}
    words, own = _opened(play, COMPLAINT)
    said = filing.Write(*_seen(play), words, own | where | {"identity": play.line("suit", "identity")})
    suit = _filing(play)
    filing.write_complaint(said, amount=suit.amount, cause=suit.cause, by=play.tourist, at=play.at)
    rows = [
        row | {"purpose": play.line("suit", "purpose"), "content": play.line("suit", "content")}
        for row in _paper(play, EVIDENCE_LIST).words["rows"]
    ]
    filing.choose_evidence(filing.Write(*_seen(play), {"rows": rows}), by=play.tourist, at=play.at)
    words, own = _opened(play, SERVICE_ADDRESS)
    filing.write_service_address(filing.Write(*_seen(play), words, own | where), by=play.tourist, at=play.at)


def _opened(play: Play, kind: str) -> tuple[filing.Words, dict[str, str]]:
    paper, person = _paper(play, kind), play.tourist.person_id
    if person is None:
        raise LookupError("a plaintiff is somebody")
    return {name: paper.words[name] for name in paper.words if name not in ("amount", "cause")}, unseal(person, paper.sealed)


def _seen(play: Play) -> tuple[UUID, int]:
    one = play.last["filing"]
    return one, play.version(one)


@act
def submit_suit(play: Play) -> None:
    """The tourist, and nobody else, hands it in."""
    along = bundle.attached(db.session(), _filing(play), play.tourist, play.at)
    filing.submit(*_seen(play), along, code_checked=True, by=play.tourist, at=play.at)


# --- the court's desk
@act
def register_suit(play: Play, procedure: str) -> None:
    """The clerk gives it a number and a judge."""
    judge = _judge(play).person_id
    if judge is None:
        raise LookupError("a judge is somebody")
    command = bench.Register(_suit(play), _number(play), judge, procedure)
    bench.register(command, by=_clerk(play), at=play.at)


@act
def return_suit(play: Play, days: int) -> None:
    """The clerk sends the papers back, with everything that is missing on one list."""
    points = (("claim-unclear", play.line("suit", "claim-unclear")), ("identity", ""))
    bench.return_(bench.Return(_suit(play), points, play.day(days)), by=_clerk(play), at=play.at)


@act
def refuse_suit(play: Play, ground: str) -> None:
    """The judge refuses to register it, by ruling."""
    words, appeal = play.line("suit", "refusal"), play.line("suit", "appeal")
    command = bench.Ruling(_suit(play), words, _number(play), appeal, ground)
    bench.refuse(command, by=_judge(play), at=play.at)


@act
def judge(play: Play, outcome: str) -> None:
    """The judgment comes home, with the amount of this case unless the claim was dismissed."""
    amount = None if outcome == "dismissed" else play.part.amount
    bench.decide(bench.Ending(_suit(play), outcome, local_day(play.at), amount), by=_judge(play), at=play.at)


# --- mediation under the court
@act
def ask_to_mediate(play: Play) -> None:
    """The clerk asks both sides."""
    under_court.invite(_suit(play), by=_clerk(play), at=play.at)


@act
def consent_to_mediate(play: Play, who: str) -> None:
    """A side says yes."""
    under_court.answer(_suit(play), given=True, by=_side(play, who), at=play.at, code_checked=True)


@act
def entrust(play: Play) -> None:
    """The clerk hands the case over, and asks a mediator who has not mediated in it."""
    under_court.hand_over(under_court.HandOver(_suit(play)), "filing.entrust", by=_clerk(play), at=play.at)
    person = _other_mediator(play).person_id
    if person is None:
        raise LookupError("a mediator is somebody")
    command = under_court.Name(_suit(play), person)
    play.last["appointment"] = under_court.name_mediator(command, by=_clerk(play), at=play.at)


def _other_mediator(play: Play) -> Actor:
    return play.cast.actor(next(one for one in MEDIATORS if one != play.part.mediator))


@act
def sit_for_court(play: Play) -> None:
    """The mediator accepts; the time runs from now on."""
    asked = play.last["appointment"]
    command = desk.AnswerAppointment(play.case_id, asked, play.version(asked))
    desk.accept_appointment(command, by=_other_mediator(play), at=play.at)


@act
def agree_at_court(play: Play) -> None:
    """The mediator reports the terms."""
    command = under_court.Report(_suit(play), "filing.report-agreement", terms=play.line("suit", "terms"))
    under_court.report(command, by=_other_mediator(play), at=play.at)


@act
def issue_instrument(play: Play) -> None:
    """The judge examines the terms and issues the instrument."""
    command = bench.Ending(_suit(play), bench.INSTRUMENT, local_day(play.at), play.part.amount, play.line("suit", "terms"))
    bench.issue_instrument(command, by=_judge(play), at=play.at)


@act
def receive_instrument(play: Play, who: str) -> None:
    """A side has it in hand."""
    party = play.complainant() if who == "tourist" else play.respondents[0]
    command = bench.Receipt(_suit(play), party, local_day(play.at), "online")
    bench.confirm_receipt(command, by=_side(play, who), at=play.at, code_checked=True)


def _side(play: Play, who: str) -> Actor:
    return play.tourist if who == "tourist" else play.handler()
