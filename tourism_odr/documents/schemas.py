"""What each kind of document is made of: the shape of the frozen data, and the declared list of kinds."""

from dataclasses import dataclass
from typing import Literal, NewType, TypedDict

from tourism_odr.text import N_

Day = NewType("Day", str)
"""A local calendar day, 2026-11-23."""
At = NewType("At", str)
"""An instant with its offset, 2026-11-23T09:30:00+00:00."""

Grade = Literal["T", "M", "S", "D", "mem", "confirmed", "house"]
PartyPart = Literal["complainant", "respondent", "third-party", "mediator"]
NextKey = Literal[
    "wait", "answer", "supplement", "consent", "mediate", "arbitrate", "sue", "confirm", "enforce",
    "elsewhere", "new-facts", "remind", "invite", "terminate", "report-payment", "dispute-payment", "reopen", "keep",
    "ask-trader",
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
    part: PartyPart | Literal["officer", "head"]
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


class Count(TypedDict):
    """Why a date of the document is that date, in the same words as on the page."""

    title: Text
    lines: list[Text]


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


@dataclass(frozen=True)
class Kind:
    """One declared kind: its name, its title in both languages, its schema."""

    name: str
    title: str
    chinese: str
    schema: type


_ALL = (
    Kind("receipt", N_("Receipt for a complaint"), "投诉登记回执", Receipt),
    Kind("acceptance", N_("Notice of acceptance"), "受理通知书", Acceptance),
    Kind("refusal", N_("Notice of refusal"), "不予受理通知书", Refusal),
    Kind("transfer-notice", N_("Notice of transfer"), "转办通知书", TransferNotice),
    Kind("transfer-letter", N_("Letter of transfer"), "转办函", TransferLetter),
    Kind("service-letter", N_("Notice to answer"), "答复通知", ServiceLetter),
    Kind("non-response", N_("Record of non-response"), "未答复情况记录", NonResponse),
    Kind("reminder", N_("Reminder to answer"), "催告函", Reminder),
    Kind("termination", N_("Termination of mediation"), "旅游投诉终止调解书", Termination),
    Kind("agreement", N_("Mediation agreement"), "旅游投诉调解书", Agreement),
    Kind("settlement", N_("Settlement contract of the two sides"), "和解协议", Agreement),
    Kind("payment-receipt", N_("Record of payment"), "付款情况凭证", PaymentReceipt),
    Kind("urge", N_("Urging order"), "督办单", Urge),
    Kind("withdrawal", N_("Confirmation of withdrawal"), "撤回投诉确认书", Withdrawal),
    Kind("enforcement-letter", N_("Letter to enforcement"), "违法线索移送函", EnforcementLetter),
    Kind("deposit-letter", N_("Letter on the quality deposit"), "质量保证金使用申请函", DepositLetter),
    Kind("volume-catalogue", N_("Catalogue of the archive volume"), "卷内目录", VolumeCatalogue),
    Kind("archive-sheet", N_("Archive sheet"), "归档材料", ArchiveSheet),
    Kind("recovery-code", N_("Recovery code sheet"), "恢复码", RecoveryCode),
    Kind("slip", N_("Slip of the counter"), "投诉登记凭条", Slip),
)
KINDS: dict[str, Kind] = {kind.name: kind for kind in _ALL}
