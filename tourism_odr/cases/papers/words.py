"""Codes of the case in the words of documents: channel, claim, method of payment."""

from tourism_odr.cases.categories import CLAIMS
from tourism_odr.text import N_

CHANNELS = {
    "web": N_("Online, by the tourist"),
    "counter": N_("At a counter, entered by a clerk"),
    "phone": N_("By telephone, entered by a clerk"),
    "post": N_("By letter, entered by a clerk"),
    "12345": N_("Government hotline 12345"),
    "12315": N_("Consumer hotline 12315"),
    "one-stop": N_("Dispute platform 解纷一件事"),
    "platform": N_("Another platform or office"),
}
METHODS = {
    "original-route": N_("Refund by the original route of payment"),
    "bank-transfer": N_("Transfer to a Chinese bank account"),
    "mobile-wallet": N_("Mobile wallet"),
    "foreign-account": N_("Transfer to a bank account abroad"),
    "cash": N_("Cash against receipt"),
}


def channel_title(code: str) -> str:
    """How the complaint came, a message id."""
    return CHANNELS.get(code, N_("Another way"))


def method_title(code: str) -> str:
    """How a payment is made, a message id."""
    return METHODS.get(code, N_("Another way"))


def claim_title(code: str) -> str:
    """What is asked for, a message id."""
    return CLAIMS.get(code, code)
