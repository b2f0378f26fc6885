"""What a calculator gives: the figure, its steps, the articles, the facts assumed; or what applies instead."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from tourism_odr.amounts.texts import Text
from tourism_odr.rulebooks.explaining import law_name
from tourism_odr.text import M, Message, say

FEN = Decimal("0.01")
HUNDRED = Decimal(100)


class InapplicableError(ValueError):
    """No figure: ``message`` says why, or names the basis that does apply; ``option`` is what it is about."""

    def __init__(self, message: Message, option: str = "") -> None:
        super().__init__(message.id)
        self.message, self.option = message, option


@dataclass(frozen=True)
class Cited:
    """Where a number stands, and how surely that is known."""

    title: str
    source: str
    article: str
    grade: str

    def said(self, locale: str) -> str:
        """The law in the reader's language, with its official name, and the article."""
        law = law_name(self.title, self.source, locale)
        return say(M("%(law)s, %(article)s", law=law, article=Message(self.article)), locale)


@dataclass(frozen=True)
class Result:
    """``values`` are for programs; ``says`` is the figure in words, ``steps`` the way to it."""

    values: Mapping[str, Any]
    says: Message
    steps: tuple[Message, ...]
    cited: tuple[Cited, ...]
    assumes: tuple[str, ...]


def not_yet(text: Text) -> Message:
    """Why a text says nothing of a day outside of its time."""
    return M(
        "%(law)s holds from %(day)s; before, what was agreed applies.",
        law=Message(text.title), day=text.valid_from,
    )  # fmt: skip


def cite(text: Text, article: str) -> Cited:
    """An article of ``text``."""
    return Cited(text.title, text.source, article, text.grade)


def fen(amount: Decimal) -> Decimal:
    """Round half up to the fen; done once, at the end."""
    return amount.quantize(FEN, ROUND_HALF_UP)


def plain(amount: Decimal) -> str:
    """1400.50: money for programs."""
    return f"{fen(amount):f}"


def shown(amount: Decimal) -> str:
    """1,400.50: money for people, alike in both languages."""
    return f"{fen(amount):,f}"


def exact(amount: Decimal) -> str:
    """An unrounded step, without zeros that say nothing beyond the fen."""
    rounded = fen(amount)
    return f"{rounded:,f}" if rounded == amount else f"{amount.normalize():,f}"


def percent_of(percent: Decimal) -> str:
    """10 or 2.5: a percentage without its sign."""
    return f"{percent.normalize():f}"


def share(amount: Decimal, percent: Decimal) -> Decimal:
    """So many percent of an amount, not rounded."""
    return amount * percent / HUNDRED


def part(amount: Decimal, percent: Decimal) -> Message:
    """The step "6,000.00 x 10 % = 600.00"."""
    return M(
        "%(amount)s × %(percent)s%% = %(result)s",
        amount=exact(amount), percent=percent_of(percent), result=exact(share(amount, percent)),
    )  # fmt: skip
