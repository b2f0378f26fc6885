"""Damages for fraud, and the deposit."""

from decimal import Decimal

from tourism_odr.amounts.result import InapplicableError, Result, cite, percent_of, plain, share, shown
from tourism_odr.amounts.texts import text
from tourism_odr.text import M, Message


def fraud(*, price: Decimal) -> Result:
    """What whoever deceived a consumer adds: a multiple of the price, or the least sum."""
    law = text("cn-fraud")
    multiple, least = law.numbers["multiple"], law.numbers["least"]
    product = price * multiple.value
    add = max(product, least.value)
    return Result(
        {"add": plain(add)},
        M("Added to the refund and damages: %(amount)s.", amount=shown(add)),
        (
            M("%(price)s × %(times)s = %(result)s",
              price=shown(price), times=percent_of(multiple.value), result=shown(product)),
            M("At least %(least)s; the higher counts.", least=shown(least.value)),
        ),
        (cite(law, multiple.article),),
        law.assumes,
    )  # fmt: skip


def deposit(*, price: Decimal, paid: Decimal, breach: str) -> Result:
    """What becomes of a deposit: it binds up to a share of the price; the receiver in breach returns it twice."""
    law = text("cn-deposit")
    most, times = law.numbers["most"], law.numbers["return"].value
    if paid > price:
        raise InapplicableError(
            M("The deposit %(paid)s is more than the price %(price)s.", paid=shown(paid), price=shown(price)),
            "paid",
        )
    binding = min(paid, share(price, most.value))
    rest = paid - binding
    due = rest if breach == "payer" else binding * times + rest
    steps = [
        M("A deposit binds up to %(percent)s%% of the price: %(most)s",
          percent=percent_of(most.value), most=shown(share(price, most.value))),
        M("%(paid)s paid: %(binding)s binds as a deposit, %(rest)s is an advance and is returned.",
          paid=shown(paid), binding=shown(binding), rest=shown(rest)),
        _last(breach, binding, rest, due, percent_of(times)),
    ]  # fmt: skip
    return Result(
        {"binding": plain(binding), "returned": plain(due)},
        M("To be returned: %(amount)s.", amount=shown(due)),
        tuple(steps),
        (cite(law, most.article), cite(law, law.numbers["return"].article)),
        law.assumes,
    )


def _last(breach: str, binding: Decimal, rest: Decimal, due: Decimal, times: str) -> Message:
    if breach == "payer":
        return M("Whoever paid it and breaks the contract loses %(binding)s.", binding=shown(binding))
    return M(
        "%(binding)s × %(times)s + %(rest)s = %(due)s",
        binding=shown(binding), times=times, rest=shown(rest), due=shown(due),
    )  # fmt: skip
