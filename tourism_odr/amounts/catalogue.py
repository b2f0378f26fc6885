"""Every calculator with what it asks: the command line and the pages are made from this table."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from tourism_odr.amounts.air import eu261
from tourism_odr.amounts.cancellation import cancellation, midtrip
from tourism_odr.amounts.consumer import deposit, fraud
from tourism_odr.amounts.court import SMALL, court_fee, small_claims
from tourism_odr.amounts.result import InapplicableError, Result, not_yet
from tourism_odr.amounts.standard import TEXT as STANDARD_TEXT
from tourism_odr.amounts.standard import standard
from tourism_odr.amounts.texts import BY, MARKETS, Text, text, texts
from tourism_odr.text import N_, Message

Kind = Literal["money", "whole", "number", "day", "choice", "flag", "text"]


@dataclass(frozen=True)
class Option:
    """One thing that a calculator asks; ``title`` is its label on a page."""

    name: str
    kind: Kind
    title: str
    hint: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    needed: bool = True
    least: int = 0


@dataclass(frozen=True)
class Calculator:
    """``basis`` names the texts that it rests on; ``prints_steps`` even to programs that did not ask.

    ``asks_day``: a page asks of which day the case is, unless the text is simply that of today.
    """

    name: str
    title: str
    about: str
    options: tuple[Option, ...]
    run: Callable[..., Result]
    basis: tuple[str, ...]
    currency: str = "CNY"
    prints_steps: bool = False
    asks_day: bool = True

    def texts(self, basis: str = "") -> tuple[Text, ...]:
        """The texts of one basis, or of all."""
        return tuple(one for one in texts().values() if one.basis in ((basis,) if basis else self.basis))

    def check(self, given: Mapping[str, Any], respondent: str, contract: str, day: date | None) -> None:
        """Refuse where the texts do not speak, and name what does."""
        found = self.texts(str(given.get("basis", "")))
        for one in found:
            other = one.instead(respondent=respondent, contract=contract, by=str(given.get("by", "")))
            if other:
                raise InapplicableError(Message(other))
        if day and not any(one.held_on(day) for one in found):
            raise InapplicableError(not_yet(found[0]), "day")


MARKET = Option("market", "choice", N_("Where the trip goes"), choices=MARKETS)
FEE = Option("fee", "money", N_("Price of the whole trip"))
BASES = {
    "contract-2014": N_("The 2014 model contract"),
    "standard-2011": N_("The 2011 compensation standard, where nothing was agreed"),
}
BREACH = {"payer": N_("Whoever paid the deposit"), "receiver": N_("Whoever received the deposit")}
PROVINCES = {limit.province: limit.title for limit in text(SMALL).limits}
ITEMS = {code: item.title for code, item in text(STANDARD_TEXT).items.items()}

CANCELLATION = Calculator(
    "cancellation",
    N_("Cancelled before departure"),
    N_("What agency or tourist owe when the contract is ended before the trip begins"),
    (
        Option("basis", "choice", N_("What applies"), choices=BASES),
        MARKET,
        Option("by", "choice", N_("Who cancels"), choices=BY),
        Option("days_before", "whole", N_("Days from the arrival of the notice to departure")),
        FEE,
    ),
    cancellation,
    ("contract-2014", "standard-2011"),
)
MIDTRIP = Calculator(
    "midtrip",
    N_("Left during the trip"),
    N_("What the agency may keep when a tourist ends the contract on the way"),
    (
        MARKET,
        FEE,
        Option("days", "whole", N_("Days of the whole trip"), least=1),
        Option("done", "whole", N_("Days travelled so far")),
        Option("cost", "money", N_("Costs really incurred, if they are known"), needed=False),
    ),
    midtrip,
    ("contract-2014",),
)
STANDARD = Calculator(
    "standard",
    N_("Missed, changed or worse than agreed"),
    N_("What the 2011 standard grants for each fault of an agency"),
    (
        Option("item", "choice", N_("What went wrong"), choices=ITEMS),
        Option("fee", "money", N_("Price of the whole trip"), needed=False),
        Option("ticket", "money", N_("Price of what was left out"), needed=False),
        Option("loss", "money", N_("Direct loss, or cost of services of the same class"), needed=False),
        Option("difference", "money", N_("Difference in price"), needed=False),
        Option("times", "whole", N_("How many times"), needed=False, least=1),
    ),
    standard,
    ("standard-2011",),
)
FRAUD = Calculator(
    "fraud",
    N_("Deceived by the business"),
    N_("What is added to refund and damages in a case of fraud"),
    (Option("price", "money", N_("Price paid for the goods or service")),),
    fraud,
    ("fraud",),
)
DEPOSIT = Calculator(
    "deposit",
    N_("Deposit"),
    N_("How far a deposit binds, and what is returned"),
    (
        Option("price", "money", N_("Price of the contract")),
        Option("paid", "money", N_("Deposit paid")),
        Option("breach", "choice", N_("Who breaks the contract"), choices=BREACH),
    ),
    deposit,
    ("deposit",),
)
COURT_FEE = Calculator(
    "court-fee",
    N_("Court fee"),
    N_("What a court asks for a money claim"),
    (Option("amount", "money", N_("Amount of the claim")),),
    court_fee,
    ("court-fee",),
    prints_steps=True,
    asks_day=False,
)
SMALL_CLAIMS = Calculator(
    "small-claims",
    N_("Small claims"),
    N_("On which track a claim runs, by province and day"),
    (
        Option("province", "choice", N_("Province of the court"), choices=PROVINCES),
        Option("on", "day", N_("Day of filing")),
        Option("amount", "money", N_("Amount of the claim")),
        Option(
            "foreign_related",
            "flag",
            N_("A party lives abroad, is foreign, or the facts lie abroad"),
            needed=False,
        ),
    ),
    small_claims,
    ("small-claims",),
    asks_day=False,
)
EU261 = Calculator(
    "eu261",
    N_("Flight in Europe"),
    N_("Compensation of air passengers under European law"),
    (
        Option("km", "number", N_("Distance of the flight in kilometres"), least=1),
        Option("intra_eu", "flag", N_("From one place in the European Union to another"), needed=False),
        Option(
            "rerouted_late_hours",
            "number",
            N_("Hours later than planned, if another flight was offered"),
            needed=False,
        ),
    ),
    eu261,
    ("eu261",),
    currency="EUR",
)

CALCULATORS: Mapping[str, Calculator] = {
    one.name: one for one in (CANCELLATION, MIDTRIP, STANDARD, FRAUD, DEPOSIT, COURT_FEE, SMALL_CLAIMS, EU261)
}
