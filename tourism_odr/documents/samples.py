"""One complete sample a kind, for tests and for a look at the pages.  People and bodies are fictional."""

from typing import Any

from tourism_odr.documents.court_papers import CourtPaper, SuitPaper
from tourism_odr.documents.kinds import KINDS

_COMMON: dict[str, Any] = {
    "locale": "zh-Hans",
    "issuer": {"zh": "浦江市旅游质量监督所", "en": "Pujiang Tourism Quality Supervision Institute"},
    "number": "沪（演）旅质监字〔2026〕12号",
    "case_number": "PJ-2026-000012",
    "date": "2026-11-23",
    "basis": [
        {
            "rule": {"zh": "旅游投诉处理办法", "en": "Measures on Handling Tourist Complaints"},
            "article": {"zh": "第16条", "en": "article 16"},
            "version": "2026-03-15",
            "grade": "S",
        }
    ],
    "next": [{"step": "mediate", "until": None}, {"step": "sue", "until": "2027-02-01"}],
    "signatures": [
        {"name": "沈知远", "on_behalf_of": "", "part": "officer", "power": "", "signed_at": None},
    ],
    "verify_url": "https://odr.example/check/8f3a",
}
_WEEKS = [
    [{"day": str(16 + n), "kind": kind, "number": ""} for n, kind in enumerate(("beside",) * 4 + ("start", "off", "off"))],
    [{"day": str(23 + n), "kind": kind, "number": number}
     for n, (kind, number) in enumerate([("counted", "1"), ("end", "2"), *[("beside", "")] * 5])],
]  # fmt: skip
_MATTER: dict[str, Any] = {
    "parties": [
        {"name": "林晓彤", "part": "complainant", "acted_by": ""},
        {"name": "浦江云帆国际旅行社有限公司", "part": "respondent", "acted_by": "周启明"},
    ],
    "counts": [
        {
            "title": {"zh": "受理决定", "en": "Decision on acceptance"},
            "lines": [
                {"zh": "起算：收到投诉，2026年11月20日（周五） 09:30。当日不计入。", "en": "Start: the complaint was received, Fri 20 November 2026 09:30. That day itself is not counted."},
                {"zh": "截止时间：2026年11月24日（周二）24时。", "en": "It ends at 24:00 on Tue 24 November 2026."},
            ],
            "months": [{"month": {"zh": "2026年11月", "en": "November 2026"}, "weeks": _WEEKS}],
        }
    ],
    "matter": "行程单写明入住四星级酒店，实际安排为快捷酒店，并增加两处购物点。\n请求退还差价并赔偿。",
}
_FILES = [{"name": "行程单.pdf", "digest": "3b" * 32}, {"name": "hotel room.jpg", "digest": "a9" * 32}]
_CLAIM = {"amount": "1400.00", "currency": "CNY"}
_AT = "2026-11-23T02:30:00+00:00"
_RECEIVER = {"zh": "浦江市市场监督管理局", "en": "Pujiang Market Regulation Bureau"}
_WIRE = {"zh": "原支付渠道退回", "en": "refund by the original route"}
_GROUND = {
    "text": {"zh": "以不合理低价组织旅游活动、安排购物或者另行付费项目", "en": "Arranged shopping"},
    "article": {"zh": "《中华人民共和国旅游法》第35条、第98条", "en": "Tourism Law, articles 35, 98"},
    "grade": "mem",
}

_OWN: dict[str, dict[str, Any]] = {
    "receipt": {
        "received_at": _AT,
        "channel": {"zh": "网上", "en": "online"},
        "claim": _CLAIM,
        "files": _FILES,
        "decide_by": "2026-11-25",
    },
    "acceptance": {"received_on": "2026-11-20", "conclude_by": "2027-01-04", "answer_by": None},
    "refusal": {
        "received_on": "2026-11-20",
        "grounds": [
            {
                "text": {"zh": "人民法院已经受理。", "en": "A court has the case already."},
                "article": {"zh": "第9条", "en": "article 9"},
            },
        ],
    },
    "transfer-notice": {
        "received_on": "2026-11-20",
        "receiver": _RECEIVER,
        "reason": {"zh": "投诉事项属于该局职责。", "en": "The matter lies in that bureau's remit."},
    },
    "transfer-letter": {
        "received_on": "2026-11-20",
        "receiver": _RECEIVER,
        "reason": {"zh": "投诉事项属于你局职责。", "en": "The matter lies in your remit."},
        "files": _FILES,
        "reply_by": "2026-11-30",
    },
    "service-letter": {
        "respondent": "浦江云帆国际旅行社有限公司",
        "order": "PJ-88231",
        "trip_from": "2026-10-01",
        "trip_to": "2026-10-05",
        "accepted_on": "2026-11-21",
        "claims": ["退还房费差价", "赔偿损失"],
        "claim": _CLAIM,
        "files": _FILES,
        "answer_by": "2026-11-30",
        "date_set_by": "officer",
    },
    "non-response": {
        "respondent": "浦江云帆国际旅行社有限公司",
        "served_at": _AT,
        "served_how": {"zh": "经办人当面送交", "en": "handed over by the officer"},
        "proof": {"zh": "送达回证第7号", "en": "proof of delivery no. 7"},
        "answer_by": "2026-11-30",
        "looked_at": "2026-11-30T16:00:00+00:00",
    },
    "reminder": {
        "respondent": "浦江云帆国际旅行社有限公司",
        "served_at": _AT,
        "answer_was_due": "2026-11-30",
        "answer_by": "2026-12-03",
    },
    "termination": {
        "accepted_on": "2026-11-21",
        "ended_on": "2027-01-04",
        "reason": "no-agreement",
        "explanation": {"zh": "双方对金额分歧较大。", "en": "The sides were far apart on the amount."},
        "course": [{"at": _AT, "text": {"zh": "送达被投诉人", "en": "served on the respondent"}}],
    },
    "agreement": {
        "form": "instrument",
        "facts": "双方确认：2026年10月3日至5日，投诉人参加三日游，其中一晚住宿标准低于约定。",
        "clauses": [
            {
                "payer": "浦江云帆国际旅行社有限公司",
                "payee": "林晓彤",
                "amount": _CLAIM,
                "due": "2026-12-01",
                "method": _WIRE,
                "default": {"zh": "逾期按日万分之五付违约金", "en": "0.05% a day of delay"},
            }
        ],
        "terms": [{"zh": "双方就本次旅游再无其他争议。", "en": "Nothing else is in dispute."}],
        "effect": "last-signature",
        "joint_application": True,
        "signatures": [
            {"name": "林晓彤", "on_behalf_of": "", "part": "complainant", "power": "本人", "signed_at": _AT},
            {
                "name": "周启明",
                "on_behalf_of": "浦江云帆国际旅行社有限公司",
                "part": "respondent",
                "power": "特别授权：承认、和解、签署",
                "signed_at": None,
            },
            {"name": "顾清和", "on_behalf_of": "", "part": "mediator", "power": "", "signed_at": None},
        ],
    },
    "payment-receipt": {
        "payer": "浦江云帆国际旅行社有限公司",
        "payee": "林晓彤",
        "amount": _CLAIM,
        "paid_on": "2026-11-28",
        "method": _WIRE,
        "state": "confirmed",
        "reported_at": _AT,
        "answered_at": "2026-11-29T03:00:00+00:00",
    },
    "urge": {
        "receiver": {"zh": "浦江云帆国际旅行社有限公司", "en": "Pujiang Yunfan Travel Agency"},
        "overdue": {"zh": "催告后仍未答复。", "en": "No answer even after the reminder."},
        "demand": {"zh": "请立即核实并书面答复。", "en": "Look into it at once and answer in writing."},
        "act_by": "2026-12-08",
    },
    "withdrawal": {
        "received_on": "2026-11-20",
        "withdrawn_at": _AT,
        "reason": {"zh": "对方已经付款。", "en": "They have paid."},
    },
    "enforcement-letter": {
        "received_on": "2026-11-20",
        "receiver": {"zh": "浦江市文化市场综合行政执法总队", "en": "Pujiang Cultural Market Enforcement"},
        "respondent": "浦江云帆国际旅行社有限公司",
        "respondent_number": "L-PJ-00017",
        "ground": _GROUND,
        "account": {"zh": "行程中安排两处购物点，未见书面约定。", "en": "Two shops were arranged without a written agreement."},
        "files": _FILES,
    },
    "deposit-letter": {
        "received_on": "2026-11-20",
        "receiver": {"zh": "浦江市文化和旅游局", "en": "Pujiang Culture and Tourism Bureau"},
        "respondent": "浦江云帆国际旅行社有限公司",
        "respondent_number": "L-PJ-00017",
        "ground": _GROUND,
        "account": {"zh": "经查证，住宿标准低于合同约定，旅行社拒不赔偿。", "en": ""},
        "files": _FILES,
        "amount": _CLAIM,
        "verified_on": "2026-11-22",
        "rests_on": {"zh": "本机构调查", "en": "The body's own inquiry"},
    },
    "volume-catalogue": {
        "volume": "1",
        "supplementary": False,
        "about": _MATTER["matter"],
        "retention": {"zh": "30年", "en": "30 years"},
        "retention_why": {"zh": "受理后的投诉可能引起诉讼、执行及后续事项。", "en": "A suit may follow."},
        "parts": [
            {
                "title": {"zh": "正卷", "en": "Part open to inspection"},
                "pages": "3",
                "lines": [
                    {
                        "number": "1",
                        "section": {"zh": "投诉材料", "en": "Complaint"},
                        "title": {"zh": "投诉登记回执", "en": "Receipt for a complaint"},
                        "date": "2026-11-20",
                        "pages": "1-3",
                        "digest": "3b" * 32,
                    }
                ],
            },
            {"title": {"zh": "副卷", "en": "Confidential part"}, "pages": "0", "lines": []},
        ],
        "missing": [{"zh": "终止调解书：待签署", "en": "Termination: waits for its signature"}],
        "remark": "负责人签署后另立补充卷。",
        "filed_by": "沈知远",
        "filed_at": _AT,
        "next": [],
        "basis": [],
    },
    "archive-sheet": {
        "title": {"zh": "答复", "en": "Answer"},
        "written_by": {"zh": "经办人", "en": "Handler"},
        "written_at": _AT,
        "words": "当日酒店满房，已安排同城其他酒店。",
        "lines": [{"at": _AT, "text": {"zh": "调解员接受选任", "en": "The mediator accepted"}}],
        "next": [],
        "basis": [],
        "signatures": [],
    },
    "slip": {
        "holder": "林晓彤",
        "code": "7KQM-4ZTD-P93X-HW2C",
        "issued_at": _AT,
        "address": "https://odr.example/zh-Hans/l/4Zk9w2",
        "qr": '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><path d="M1 1h8v8h-8z"/></svg>',
        "recovery": "https://odr.example/zh-Hans/recover",
        "next": [{"step": "keep", "until": None}],
        "basis": [],
        "signatures": [],
    },
    "recovery-code": {
        "holder": "林晓彤",
        "code": "7KQM-4ZTD-P93X-HW2C",
        "issued_at": _AT,
        "address": "https://odr.example/zh-Hans/recover",
        "next": [{"step": "keep", "until": None}],
        "basis": [],
        "signatures": [],
    },
}

_COURT: dict[str, Any] = {
    "issuer": {"zh": "浦江区人民法院", "en": "People's Court of Pujiang District"},
    "number": "（2026）浦0115民初8812号",
    "case_number": "（2026）浦0115民初8812号",
    "own_number": "（2026）浦0115民初8812号",
    "parties": [
        {"name": "林晓彤", "part": "plaintiff", "acted_by": ""},
        {"name": "浦江云帆国际旅行社有限公司", "part": "defendant", "acted_by": ""},
    ],
    "cause": "旅游合同纠纷",
    "lines": [{"label": {"zh": "程序", "en": "Procedure"}, "value": {"zh": "简易程序", "en": "Summary procedure"}}],
    "sections": [
        {
            "title": {"zh": "决定", "en": "Decision"},
            "paragraphs": [{"zh": "本院决定立案。", "en": "The court registers the suit."}],
        }
    ],
    "counts": _MATTER["counts"],
    "next": [{"step": "trial", "until": None}],
    "signatures": [{"name": "陆审判员", "on_behalf_of": "", "part": "judge", "power": "", "signed_at": _AT}],
}


_BY_THE_SIDES: dict[str, Any] = {
    "form": "settlement",
    "issuer": {"zh": "", "en": ""},
    "number": "LY-2026-004217和1号",
    "basis": [],
    "joint_application": False,
    "signatures": _OWN["agreement"]["signatures"][:2],
}


_ALIKE: dict[str, dict[str, Any]] = {
    "settlement": _BY_THE_SIDES,
    "delegated-agreement": {
        "form": "mediation-agreement",
        "issuer": {"zh": "", "en": ""},
        "number": "LY-2024-004217协1号",
        "basis": [],
        "joint_application": True,
    },
}


_SUIT: dict[str, Any] = _COURT | {
    "issuer": {"zh": "", "en": ""},
    "number": "PJ-2026-000012诉1号",
    "own_number": "",
    "court": "浦江区人民法院",
    "rows": [
        {
            "name": "行程单.pdf", "source": "原告保存", "purpose": "证明约定住宿标准为四星级", "content": "行程单第2页住宿一栏",
            "copies": "2", "digest": "3b" * 32,
        }
    ],
    "sealed": "",
    "person": "",
    "counts": [],
    "next": [],
    "signatures": [{"name": "林晓彤", "on_behalf_of": "", "part": "plaintiff", "power": "", "signed_at": _AT}],
}  # fmt: skip


WITHOUT_MATTER = ("slip", "recovery-code", "volume-catalogue", "archive-sheet")


def sample(kind: str, locale: str = "zh-Hans") -> dict[str, Any]:
    """Complete data of one kind."""
    if KINDS[kind].schema is CourtPaper:
        return {**_COMMON, **_COURT, "locale": locale}
    if KINDS[kind].schema is SuitPaper:
        return {**_COMMON, **_SUIT, "locale": locale}
    about = {} if kind in WITHOUT_MATTER else _MATTER
    own = _OWN["agreement"] | _ALIKE[kind] if kind in _ALIKE else _OWN[kind]
    return {**_COMMON, **about, **own, "locale": locale}
