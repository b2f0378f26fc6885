"""What a court costs, and on which track a claim runs."""

from datetime import date
from decimal import Decimal

from tourism_odr.amounts.result import Cited, InapplicableError, Result, cite, exact, plain, share, shown
from tourism_odr.amounts.texts import Limit, Step, text
from tourism_odr.text import N_, M, Message

FEE, SMALL = "cn-court-fee", "cn-small-claims"

TRACKS = {
    "small_claims": N_("Small claims: one instance, its judgment is final."),
    "small_claims_by_agreement": N_(
        "Small claims only if both sides agree; otherwise summary or ordinary procedure."
    ),
    "summary_or_ordinary": N_("Summary or ordinary procedure."),
}


def court_fee(*, amount: Decimal) -> Result:
    """The fee for a money claim, whole and halved; the half is half of the unrounded fee."""
    law = text(FEE)
    full, below = Decimal(0), Decimal(0)
    steps: list[Message] = []
    for step in law.scale:
        if amount <= below and full:
            break
        upper = amount if step.up_to is None else min(amount, step.up_to)
        full += _part(step, upper - below)
        steps.append(_said(step, below, upper))
        below = step.up_to or upper
    half = share(full, law.numbers["half"].value)
    steps.append(
        M("In all %(amount)s, rounded once to the fen: %(rounded)s", amount=exact(full), rounded=shown(full))
    )
    steps.append(
        M("Half of %(amount)s, rounded once to the fen: %(rounded)s", amount=exact(full), rounded=shown(half))
    )
    return Result(
        {"full": plain(full), "half": plain(half)},
        M("The court's fee is ¥%(full)s, or ¥%(half)s when it is halved.", full=shown(full), half=shown(half)),
        tuple(steps),
        (cite(law, law.scale[0].article), cite(law, law.numbers["half"].article)),
        law.assumes,
    )


def _part(step: Step, amount: Decimal) -> Decimal:
    return share(amount, step.percent) if step.percent is not None else step.flat or Decimal(0)


def _said(step: Step, below: Decimal, upper: Decimal) -> Message:
    if step.percent is None:
        return M(
            "Up to %(upper)s: %(flat)s", upper=shown(step.up_to or upper), flat=shown(step.flat or Decimal(0))
        )
    return M(
        "From %(below)s to %(upper)s: %(amount)s × %(percent)s%% = %(result)s",
        below=shown(below), upper=shown(upper), amount=shown(upper - below),
        percent=f"{step.percent.normalize():f}", result=exact(share(upper - below, step.percent)),
    )  # fmt: skip


def small_claims(*, province: str, on: date, amount: Decimal, foreign_related: bool = False) -> Result:
    """The track of a claim in a province on a day, by the newest average wage known there."""
    law, limit = text(SMALL), _limit(province, on)
    alone, agreed = (share(limit.wage, law.numbers[name].value) for name in ("alone", "agreed"))
    track = "summary_or_ordinary"
    if not foreign_related and amount <= agreed:
        track = "small_claims" if amount <= alone else "small_claims_by_agreement"
    provisional = on > limit.settled_to
    return Result(
        {
            "track": track,
            "valid_from": limit.valid_from.isoformat(),
            "grade": limit.grade,
            "provisional": provisional,
        },
        Message(TRACKS[track]),
        tuple(_way(limit, alone, agreed, foreign=foreign_related, provisional=provisional)),
        (
            cite(law, law.numbers["alone"].article),
            Cited(limit.title, limit.source, limit.article, limit.grade),
        ),
        law.assumes,
    )


def _limit(province: str, on: date) -> Limit:
    known = [limit for limit in text(SMALL).limits if limit.province == province]
    if not known:
        names = ", ".join(sorted({limit.province for limit in text(SMALL).limits}))
        raise InapplicableError(
            M("No figure is known for %(province)s; known are: %(names)s.", province=province, names=names),
            "province",
        )
    held = [limit for limit in known if limit.valid_from <= on]
    if not held:
        first = min(limit.valid_from for limit in known)
        raise InapplicableError(
            M(
                "No figure is known for %(province)s before %(first)s.",
                province=province,
                first=first.isoformat(),
            ),
            "on",
        )
    return max(held, key=lambda limit: limit.valid_from)


def _way(limit: Limit, alone: Decimal, agreed: Decimal, *, foreign: bool, provisional: bool) -> list[Message]:
    steps = [
        M("Average wage known from %(day)s: %(wage)s", day=limit.valid_from, wage=shown(limit.wage)),
        M("Small claims up to %(alone)s, by agreement up to %(agreed)s, both included.",
          alone=shown(alone), agreed=shown(agreed)),
    ]  # fmt: skip
    if foreign:
        steps.append(
            M("A case with a foreign element is never a small claim (Civil Procedure Law, article 166).")
        )
    if provisional:
        steps.append(M("Provisional: a newer figure is due by now, but none is known here. Ask the court."))
    return steps
