"""The roads that cases take: acts with the day after the complaint and the time of day, in local time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from tourism_odr.clock import ZONE

# name -> (the road that it begins with and its last act, its own acts)
ROADS: dict[str, tuple[str, str]] = {
    "lodged": ("", "0 09:20 lodge"),
    "accepted": ("lodged", "1 10:05 accept"),
    "sent": ("accepted", "1 15:30 send 10"),
    "served": ("sent", "2 09:40 open"),
    "answered": ("served", "4 16:10 answer in-part"),
    "asked": ("answered", "5 09:30 assign"),
    "seated": ("asked", "5 14:20 seat | 5 15:00 power"),
    "talking": ("seated", "6 10:00 talk | 6 15:10 facts | 7 09:30 caucus tourist | 7 14:00 caucus agency | 7 17:00 note"),
    "joined": ("talking", "8 10:00 join | 8 10:20 speak | 8 15:00 show gate.jpg"),
    "offering": ("talking", "8 09:30 offer 60 5 | 8 14:00 reply decline | 8 15:30 counter 130 5"),
    "last-offer": ("offering", "9 09:30 reply decline agency | 9 11:00 offer 100 3"),
    "agreed": ("last-offer", "9 15:00 reply accept"),
    "drafted": ("agreed", "10 09:30 draft original-route 7"),
    "locked": ("drafted", "10 11:00 lock"),
    "half-signed": ("locked", "10 15:00 sign tourist 1 join"),
    "signed": ("half-signed", "11 09:30 sign agency | 11 11:00 countersign"),
    "reported": ("signed", "14 10:00 report"),
    "performed": ("reported", "16 20:00 confirm"),
    "disputed": ("reported", "16 20:00 dispute"),
    # ends
    "performed-as-reported": ("reported", ""),
    "on-the-spot": ("talking", "8 09:30 offer 100 3 | 8 10:00 reply accept | 8 11:00 draft cash 0 | 8 11:20 lock"
                    " | 8 11:30 sign tourist | 8 11:40 sign agency | 8 12:00 countersign | 8 14:00 report | 8 14:10 confirm"),
    "breached": ("signed", ""),
    "both-apply": ("locked", "10 15:00 sign tourist 1 join | 11 09:30 sign agency 1 join | 11 11:00 countersign"),
    "withdrawn-from-court": ("both-apply", "14 10:00 report | 16 20:00 confirm | 17 10:00 leave-court"),
    "at-court": ("both-apply", "11 14:00 hand-in"),
    "under-examination": ("at-court", "13 10:00 take-up | 13 14:00 summon 3"),
    "heard-by-court": ("under-examination", "16 14:00 hear-both"),
    "confirmation-refused": ("heard-by-court", "16 16:00 rule unclear"),
    "confirmed": ("heard-by-court", "16 16:00 rule granted"),
    "enforced": ("confirmed", "20 10:00 enforce | 21 10:00 execute"),
    "terminated": ("offering", "10 09:30 reply decline agency | 13 10:00 terminate no-agreement | 15 09:00 sign-papers"),
    "terminated-unsigned": ("offering", "10 09:30 reply decline agency | 13 10:00 terminate no-agreement"),
    # before the court
    "filed": ("terminated", "16 10:00 sue | 16 11:30 submit-suit"),
    "suit-returned": ("filed", "18 16:40 return-suit 7"),
    "suit-refused": ("filed", "20 10:00 refuse-suit other-court"),
    "suit-registered": ("filed", "19 10:00 register-suit summary"),
    "suit-judged": ("suit-registered", "48 10:00 judge allowed-in-part"),
    "suit-mediating": ("suit-registered", "20 10:00 ask-to-mediate | 20 15:00 consent-to-mediate tourist"
                       " | 21 09:30 consent-to-mediate agency | 21 11:00 entrust | 21 15:00 sit-for-court"),
    "suit-mediated": ("suit-mediating", "25 10:00 agree-at-court | 26 10:00 issue-instrument"
                      " | 26 19:00 receive-instrument tourist | 27 09:30 receive-instrument agency"),
    "declined-judged": ("declined", "8 10:00 sue | 8 11:30 submit-suit | 11 10:00 register-suit summary"
                        " | 39 10:00 judge allowed-in-part"),
    "silent-judged": ("silent-to-the-end", "21 10:00 sue | 21 11:30 submit-suit | 24 10:00 register-suit summary"
                      " | 56 10:00 judge by-default"),
    "run-out": ("talking", "20 10:00 talk | 30 09:30 offer 30 5"),
    "refused-late": ("lodged", "1 10:00 refuse too-late | 1 15:00 approve-refusal"),
    "refused": ("lodged", "1 10:00 refuse conditions-not-met | 1 15:00 approve-refusal"),
    "transferred": ("lodged", "1 10:00 transfer-out"),
    "withdrawn": ("served", "4 12:00 withdraw they-paid"),
    "withdrawn-early": ("accepted", "2 12:00 withdraw no-longer"),
    "settled": ("served", "3 10:00 answer agree | 4 10:00 choose settle"),
    "declined": ("served", "4 16:10 answer deny | 5 10:00 choose invite | 6 09:30 invitation decline | 7 09:00 sign-papers"),
    "silent-to-the-end": ("served", "13 10:00 choose ask-reminder | 13 15:00 remind 4 | 19 10:00 choose choose-termination"
                          " | 20 09:00 sign-papers"),
    "two": ("", "0 09:20 lodge | 1 10:05 accept | 1 15:30 send 10 1 | 1 15:40 send 10 2 | 2 09:40 open 1 | 3 11:00 prove 2"
            " | 4 16:10 answer in-part 1 | 5 09:30 assign | 5 14:20 seat | 5 15:00 power 1 | 6 10:00 talk | 7 09:30 caucus tourist"
            " | 8 09:30 offer 100 3 | 8 15:00 reply accept | 9 09:30 draft bank-transfer 7 | 9 11:00 lock | 9 15:00 sign tourist"
            " | 10 09:30 sign agency | 10 11:00 countersign | 12 10:00 report | 14 20:00 confirm | 15 09:00 choose choose-termination 2"
            " | 16 09:00 sign-papers"),
    # a letter to enforcement runs beside the mediation
    "performed-enforced": ("performed", "5 16:00 open-application enforcement | 6 09:00 write-letter shopping | 6 16:00 send-letter"
                           " | 9 10:30 letter-received | 18 10:00 letter-decided taken-up"),
    "two-enforced": ("two", "5 16:00 open-application enforcement | 6 09:00 write-letter shopping | 6 16:00 send-letter"
                     " | 9 10:30 letter-received | 18 10:00 letter-decided granted"),
    # people without a phone, and what other channels sent
    "counter": ("", "0 09:20 enter body body-agency | 0 09:40 authorise | 1 10:05 accept | 1 15:30 send 10 | 2 09:40 open"
                " | 4 16:10 answer in-part | 5 09:30 assign | 5 14:20 seat | 5 15:00 power | 6 10:00 talk | 8 09:30 offer 100 5"
                " | 8 10:00 sit phone settle | 8 10:05 reply accept | 8 10:20 stand | 9 09:30 draft cash 7 | 9 11:00 lock"
                " | 9 15:00 sit paper sign | 9 15:05 sign tourist | 9 15:10 stand | 10 09:30 sign agency | 10 11:00 countersign"),
    "council": ("", "0 09:20 enter council council-near | 1 10:05 accept | 1 15:30 send 10 | 2 09:40 open | 4 16:10 answer in-part"
                " | 5 09:30 assign | 5 14:20 seat | 5 15:00 power | 6 10:00 talk | 8 09:30 offer 100 5 | 8 10:00 reply accept"
                " | 9 09:30 draft bank-transfer 7 | 9 11:00 lock | 9 15:00 sign tourist | 10 09:30 sign agency | 10 11:00 countersign"
                " | 10 15:00 sign-papers"),
    "hotline": ("", "0 09:20 hotline | 1 10:05 accept | 1 11:00 tell-channel acceptance | 1 15:30 send 10 | 2 09:40 open"
                " | 4 12:00 withdraw they-paid | 4 15:00 tell-channel conclusion"),
    "hotline-owed": ("", "0 09:20 hotline | 1 10:05 accept"),
    "counter-open": ("", "0 09:20 enter body body-wished | 0 09:40 authorise"),
    # what lies on desks
    "unknown": ("lodged", ""),
    "completed": ("lodged", "1 10:00 complete near"),
    "returned": ("lodged", "1 10:00 return"),
    "supplemented": ("returned", "2 10:00 supplement"),
    "refusal-waiting": ("lodged", "1 10:00 refuse too-late"),
    "refusal-rejected": ("refusal-waiting", "1 15:00 reject-refusal"),
    "transfer-waiting": ("lodged", "1 10:00 offer-transfer east"),
    "taken-over": ("transfer-waiting", "1 15:00 take-over east"),
    "answer-soon": ("accepted", "1 15:30 send 2 | 1 17:00 open"),
    "silent": ("accepted", "1 15:30 send 3 | 2 09:40 open"),
    "reminder-asked": ("silent", "6 10:00 choose ask-reminder"),
    "reminded": ("reminder-asked", "6 15:00 remind 3"),
    "denied": ("served", "4 16:10 answer deny"),
    "not-ours": ("served", "3 10:00 not-ours"),
    "invited": ("denied", "5 10:00 choose invite"),
    "seat-declined": ("asked", "5 14:20 decline-seat workload"),
    "urging-proposed": ("talking", "8 10:00 urge 4"),
    "urging": ("urging-proposed", "8 15:00 approve-urging"),
    "urging-overdue": ("talking", "8 10:00 urge 1 | 8 15:00 approve-urging"),
    "urging-replied": ("urging", "9 14:00 reply-urging"),
    "urging-closed": ("urging-replied", "10 10:00 close-urging"),
    "urging-mediator": ("talking", "8 10:00 urge 3 mediator | 8 15:00 approve-urging"),
    "payment-today": ("half-signed", "11 09:30 sign agency"),
}


@dataclass(frozen=True)
class Cue:
    """One act with its place on the road: days after the complaint, time of day, and the words of the act."""

    day: int
    hour: time
    act: str

    def at(self, start: date) -> datetime:
        """The instant, for a complaint of that day."""
        local = datetime.combine(start + timedelta(days=self.day), self.hour, ZoneInfo(ZONE))
        return local.astimezone(UTC)


@cache
def road(name: str) -> tuple[Cue, ...]:
    """All acts of a road from the complaint on."""
    before, own = ROADS[name]
    cues = tuple(_cue(text) for text in own.split(" | ") if text)
    return (road(before) if before else ()) + cues


def _cue(text: str) -> Cue:
    day, hour, act = text.split(" ", 2)
    return Cue(int(day), time.fromisoformat(hour), act)


def length(cues: Sequence[Cue]) -> int:
    """Days from the complaint to the last act."""
    return max(cue.day for cue in cues)


