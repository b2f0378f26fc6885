"""The declared list of kinds of documents."""

from dataclasses import dataclass

from tourism_odr.documents.court_papers import CourtPaper, SuitPaper
from tourism_odr.documents.schemas import (
    Acceptance,
    Agreement,
    ArchiveSheet,
    DepositLetter,
    EnforcementLetter,
    NonResponse,
    PaymentReceipt,
    Receipt,
    RecoveryCode,
    Refusal,
    Reminder,
    ServiceLetter,
    Slip,
    Termination,
    TransferLetter,
    TransferNotice,
    Urge,
    VolumeCatalogue,
    Withdrawal,
)
from tourism_odr.text import N_


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
    Kind("delegated-agreement", N_("Agreement of the delegated mediation"), "调解协议", Agreement),
    Kind("payment-receipt", N_("Record of payment"), "付款情况凭证", PaymentReceipt),
    Kind("urge", N_("Urging order"), "督办单", Urge),
    Kind("withdrawal", N_("Confirmation of withdrawal"), "撤回投诉确认书", Withdrawal),
    Kind("suit-registered", N_("Notice of registration"), "受理案件通知书", CourtPaper),
    Kind("suit-correction", N_("Notice of corrections"), "补正告知书", CourtPaper),
    Kind("suit-refusal", N_("Ruling not to register the suit"), "民事裁定书（不予受理）", CourtPaper),
    Kind("suit-entrustment", N_("Letter entrusting mediation"), "委托调解函", CourtPaper),
    Kind("suit-delegation", N_("Letter delegating mediation"), "委派调解函", CourtPaper),
    Kind("suit-instrument", N_("Civil mediation instrument"), "民事调解书", CourtPaper),
    Kind("suit-withdrawal", N_("Ruling permitting the withdrawal"), "民事裁定书（准许撤诉）", CourtPaper),
    Kind("enforcement-letter", N_("Letter to enforcement"), "违法线索移送函", EnforcementLetter),
    Kind("deposit-letter", N_("Letter on the quality deposit"), "质量保证金使用申请函", DepositLetter),
    Kind("volume-catalogue", N_("Catalogue of the archive volume"), "卷内目录", VolumeCatalogue),
    Kind("archive-sheet", N_("Archive sheet"), "归档材料", ArchiveSheet),
    Kind("confirmation-application", N_("Joint application for judicial confirmation"), "司法确认申请书", CourtPaper),
    Kind("mediation-proof", N_("Proof of the mediation"), "主持调解情况证明", CourtPaper),
    Kind("confirmation-ruling", N_("Ruling on the confirmation"), "民事裁定书（司法确认）", CourtPaper),
    Kind("enforcement-application", N_("Application for enforcement"), "强制执行申请书", CourtPaper),
    Kind("suit-complaint", N_("Statement of claim"), "民事起诉状", SuitPaper),
    Kind("suit-evidence", N_("List of evidence"), "证据清单", SuitPaper),
    Kind("suit-service", N_("Confirmation of the service address"), "送达地址确认书", SuitPaper),
    Kind("suit-parties", N_("Data of the parties"), "当事人信息表", SuitPaper),
    Kind("suit-facts", N_("Facts that nobody disputes"), "无争议事实记载", SuitPaper),
    Kind("recovery-code", N_("Recovery code sheet"), "恢复码", RecoveryCode),
    Kind("slip", N_("Slip of the counter"), "投诉登记凭条", Slip),
)
KINDS: dict[str, Kind] = {kind.name: kind for kind in _ALL}
