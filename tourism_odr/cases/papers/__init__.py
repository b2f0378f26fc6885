"""What stands in each document: one builder a kind, which freezes the data in the step that issues it.

A builder reads rows of the case and ``move.papers``: what only the command knows.  Keys that commands may
give, texts as ``{"zh": ..., "en": ...}`` (a plain string counts as Chinese, a ``Message`` as both):

- ``ground`` or ``grounds``: codes of refusal grounds (else those of the proposal are taken)
- ``reason``: why (refusal, transfer, withdrawal); of a termination a code, with ``words`` of the mediator
- ``receiver``: to whom a complaint is transferred; ``reply_by``: until when, a date
- ``facts``: what the sides agree on (agreement)
- ``proof``: of a service that was not by invitation; ``overdue``, ``demand``: of an urging
- ``paid_on``: the day that the payer gave
- ``points``, ``words``, ``own_number``, ``appeal_to``: of a court's papers, see ``court.py``
- ``names``, ``statement``, ``files``: of a case being lodged, whose rows need not be read back
"""

from tourism_odr.cases.papers import (
    acceptance,
    application,
    confirmation,
    court,
    ending,
    service,
    settlement,
    suit,
    transfer,
    volume,
)
from tourism_odr.cases.papers.pages import completed

__all__ = [
    "acceptance",
    "application",
    "completed",
    "confirmation",
    "court",
    "ending",
    "service",
    "settlement",
    "suit",
    "transfer",
    "volume",
]
