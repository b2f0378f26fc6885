"""The compensation standard of 2011, item by item: make good, and a penalty."""

from decimal import Decimal

from tourism_odr.amounts.result import InapplicableError, Result, cite, part, plain, share, shown
from tourism_odr.amounts.texts import MEASURED, Item, text
from tourism_odr.text import M, Message

TEXT = "cn-standard-2011"


def standard(
    *,
    item: str,
    fee: Decimal | None = None,
    ticket: Decimal | None = None,
    loss: Decimal | None = None,
    difference: Decimal | None = None,
    times: int = 1,
) -> Result:
    """What the standard grants for one item; ``times`` counts where the standard counts each time."""
    found = text(TEXT).items[item]
    given = {"fee": fee, "ticket": ticket, "loss": loss, "difference": difference}
    _check(found, given, times)
    terms = [(term, given[term.of]) for term in found.terms]
    once = sum((share(base, term.percent) for term, base in terms if base is not None), Decimal(0))
    steps: list[Message] = []
    for term, base in terms:
        if base is not None:
            steps.append(M("%(what)s: %(sum)s", what=Message(term.title), sum=part(base, term.percent)))
    if found.each and times > 1:
        steps.append(M("%(amount)s × %(times)s", amount=shown(once), times=times))
    amount = once * times
    return Result(
        {"amount": plain(amount), "article": found.article},
        M("The standard names %(amount)s for this.", amount=shown(amount)),
        tuple(steps),
        (cite(text(TEXT), found.article),),
        text(TEXT).assumes,
    )


def _check(found: Item, given: dict[str, Decimal | None], times: int) -> None:
    """Each item takes what it is measured by; the fee may stand beside, since every trip has one."""
    title, used = Message(found.title), {term.of for term in found.terms}
    for term in found.terms:
        if given[term.of] is None and not term.optional:
            raise InapplicableError(
                M("“%(item)s” cannot be computed without this amount.", item=title), term.of
            )
    for name in MEASURED:
        if name != "fee" and given[name] is not None and name not in used:
            raise InapplicableError(
                M("“%(item)s” does not depend on this amount; leave it out.", item=title), name
            )
    if times > 1 and not found.each:
        raise InapplicableError(M("“%(item)s” is not counted by times.", item=title), "times")
