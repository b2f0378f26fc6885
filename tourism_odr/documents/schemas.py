"""What each kind of document is made of: the shape of the frozen data."""

from typing import Literal, NewType, TypedDict

Day = NewType("Day", str)
"""A local calendar day, 2026-11-23."""
At = NewType("At", str)
"""An instant with its offset, 2026-11-23T09:30:00+00:00."""

Grade = Literal["T", "M", "S", "D", "mem", "confirmed", "house"]
PartyPart = Literal["complainant", "respondent", "third-party", "mediator", "plaintiff", "defendant", "applicant"]
NextKey = Literal[
    "wait", "answer", "supplement", "consent", "mediate", "arbitrate", "sue", "confirm", "enforce",
    "elsewhere", "new-facts", "remind", "invite", "terminate", "report-payment", "dispute-payment", "reopen", "keep",
    "ask-trader", "correct", "appeal", "pay-fee", "trial", "receive",
]  # fmt: skip


class Text(TypedDict):
    """A text that its author wrote in both languages; ``en`` may be empty."""

    zh: str
    en: str


class Money(TypedDict):
    """An exact amount, as a decimal string, with its currency."""

    amount: str
    currency: str


class Party(TypedDict):
    """Somebody in the case, with whoever acts for them (empty: nobody)."""

    name: str
    part: PartyPart
    acted_by: str


class Basis(TypedDict):
    """The rule that the document rests on, and how well its text is known."""

    rule: Text
    article: Text
    version: str
    grade: Grade


class Next(TypedDict):
    """What the reader may do next, and until when if there is an end."""

    step: NextKey
    until: Day | None


class Signature(TypedDict):
    """A line for a signer; ``signed_at`` is empty on paper that waits for the pen."""

    name: str
    on_behalf_of: str
    part: PartyPart | Literal["officer", "head", "clerk", "judge"]
    power: str
    signed_at: At | None


class File(TypedDict):
    """A file that goes with the document."""

    name: str
    digest: str


class Moment(TypedDict):
    """One dated line of the course of a case."""

    at: At
    text: Text


class Document(TypedDict):
    """What every document carries."""

    locale: str
    issuer: Text
    number: str
    case_number: str
    date: Day
    basis: list[Basis]
    next: list[Next]
    signatures: list[Signature]
    verify_url: str


class Square(TypedDict):
    """One day of a small calendar: its number in the month, what it is, and which day of the count."""

    day: str
    kind: Literal["start", "counted", "made-up", "off", "paused", "end", "beside"]
    number: str


class Month(TypedDict):
    """A month as weeks from Monday on."""

    month: Text
    weeks: list[list[Square]]


class Count(TypedDict):
    """Why a date of the document is that date, in the same words and with the same calendar as on the page."""

    title: Text
    lines: list[Text]
    months: list[Month]


class Matter(Document):
    """A document about one complaint between named parties."""

    parties: list[Party]
    matter: str
    counts: list[Count]


class Receipt(Matter):
    """Handed out the moment a complaint is lodged."""

    received_at: At
    channel: Text
    claim: Money | None
    files: list[File]
    decide_by: Day | None


class Acceptance(Matter):
    """受理通知书."""

    received_on: Day
    conclude_by: Day | None
    answer_by: Day | None


class Ground(TypedDict):
    """One reason of a refusal, with the article that names it."""

    text: Text
    article: Text


class Refusal(Matter):
    """不予受理通知书."""

    received_on: Day
    grounds: list[Ground]


class TransferNotice(Matter):
    """转办通知书: told to the complainant."""

    received_on: Day
    receiver: Text
    reason: Text


class TransferLetter(Matter):
    """转办函: sent to the body that takes over."""

    received_on: Day
    receiver: Text
    reason: Text
    files: list[File]
    reply_by: Day | None


class ServiceLetter(Matter):
    """答复通知: the complaint, served on one respondent."""

    respondent: str
    order: str
    trip_from: Day | None
    trip_to: Day | None
    accepted_on: Day
    claims: list[str]
    claim: Money | None
    files: list[File]
    answer_by: Day
    date_set_by: Literal["rule", "officer"]


class NonResponse(Matter):
    """未答复情况记录: facts only, no fault."""

    respondent: str
    served_at: At
    served_how: Text
    proof: Text
    answer_by: Day
    looked_at: At


class Reminder(Matter):
    """催告函: the officer's one reminder on silence."""

    respondent: str
    served_at: At
    answer_was_due: Day
    answer_by: Day


class Termination(Matter):
    """旅游投诉终止调解书."""

    accepted_on: Day
    ended_on: Day
    reason: Literal["no-agreement", "no-response", "no-consent", "withdrawn", "time", "not-honoured", "other"]
    explanation: Text
    course: list[Moment]


class Clause(TypedDict):
    """One payment: clear enough that a court can enforce it."""

    payer: str
    payee: str
    amount: Money
    due: Day
    method: Text
    default: Text


class Agreement(Matter):
    """旅游投诉调解书, 调解协议 or 和解协议."""

    form: Literal["instrument", "mediation-agreement", "settlement"]
    facts: str
    clauses: list[Clause]
    terms: list[Text]
    effect: Literal["last-signature", "signatures-and-seal", "last-receipt"]
    joint_application: bool


class PaymentReceipt(Matter):
    """付款情况凭证: what was reported as paid outside the service."""

    payer: str
    payee: str
    amount: Money
    paid_on: Day
    method: Text
    state: Literal["reported", "confirmed", "disputed", "unanswered"]
    reported_at: At
    answered_at: At | None


class Urge(Matter):
    """督办单."""

    receiver: Text
    overdue: Text
    demand: Text
    act_by: Day


class Withdrawal(Matter):
    """撤回投诉确认书."""

    received_on: Day
    withdrawn_at: At
    reason: Text


class NamedGround(TypedDict):
    """A ground with the article that names it, and how well that is known."""

    text: Text
    article: Text
    grade: Grade


class EnforcementLetter(Matter):
    """违法线索移送函: unlawful conduct, to the body that enforces."""

    received_on: Day
    receiver: Text
    respondent: str
    respondent_number: str
    ground: NamedGround
    account: Text
    files: list[File]


class DepositLetter(EnforcementLetter):
    """质量保证金使用申请函: a verified violation or failure of a travel agency."""

    amount: Money | None
    verified_on: Day
    rests_on: Text


class CatalogueLine(TypedDict):
    """One entry of an archive volume."""

    number: str
    section: Text
    title: Text
    date: Day
    pages: str
    digest: str


class CataloguePart(TypedDict):
    """One part of an archive volume."""

    title: Text
    pages: str
    lines: list[CatalogueLine]


class VolumeCatalogue(Document):
    """卷内目录: what an archive volume holds, what is missing, and who filed it."""

    volume: str
    supplementary: bool
    about: str
    retention: Text
    retention_why: Text
    parts: list[CataloguePart]
    missing: list[Text]
    remark: str
    filed_by: str
    filed_at: At


class ArchiveSheet(Document):
    """A text of the case, or the course of its mediation, as a sheet of an archive volume."""

    title: Text
    written_by: Text
    written_at: At
    words: str
    lines: list[Moment]


class Slip(Document):
    """Handed out at a counter: the number, the way into the case as a code to scan, and the recovery code."""

    holder: str
    code: str
    issued_at: At
    address: str
    qr: str
    recovery: str


class RecoveryCode(Document):
    """恢复码: a sheet to print and keep."""

    holder: str
    code: str
    issued_at: At
    address: str
