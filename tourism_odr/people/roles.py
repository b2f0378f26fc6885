"""The parts that people play.  A role is always somebody's part in an organisation or in a case."""

from enum import StrEnum

from tourism_odr.text import N_


class Role(StrEnum):
    """Who somebody is when they act; the ledger remembers it with every step."""

    TOURIST = "tourist"
    REPRESENTATIVE = "representative"
    HANDLER = "handler"
    OWNER = "owner"
    FINANCE = "finance"
    MEDIATOR = "mediator"
    OFFICER = "duty-officer"
    HEAD = "head"
    COUNCIL = "council-clerk"
    CLERK = "court-clerk"
    JUDGE = "judge"
    ADMIN = "administrator"
    CLOCK = "clock"
    TABLE = "table"  # what the lifecycle itself does to another subject, in the same step


TITLES = {
    Role.TOURIST: N_("Tourist"),
    Role.REPRESENTATIVE: N_("Representative"),
    Role.HANDLER: N_("Handler"),
    Role.OWNER: N_("Owner"),
    Role.FINANCE: N_("Finance"),
    Role.MEDIATOR: N_("Mediator"),
    Role.OFFICER: N_("Duty officer"),
    Role.HEAD: N_("Head of the supervising body"),
    Role.COUNCIL: N_("Consumer council clerk"),
    Role.CLERK: N_("Court clerk"),
    Role.JUDGE: N_("Judge"),
    Role.ADMIN: N_("Administrator"),
    Role.CLOCK: N_("The clock"),
    Role.TABLE: N_("The service"),
}

COMPLAINANT = frozenset({Role.TOURIST, Role.REPRESENTATIVE})
RESPONDENT = frozenset({Role.HANDLER, Role.OWNER, Role.FINANCE})
SUPERVISOR = frozenset({Role.OFFICER, Role.HEAD})
COURT = frozenset({Role.CLERK, Role.JUDGE})
COUNTER = SUPERVISOR | {Role.COUNCIL}  # who may enter acts for a party
STAFF = frozenset({Role.MEDIATOR, Role.OFFICER, Role.HEAD, Role.COUNCIL, Role.CLERK, Role.JUDGE, Role.ADMIN})
