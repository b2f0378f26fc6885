"""The tables of people and organisations, by noun."""

from tourism_odr.people.models.access import Credential, OpenSession, RecoveryCode, Sitting, Totp
from tourism_odr.people.models.guarding import Denial, DenialCount, KnownDevice, RateLimit, Reveal
from tourism_odr.people.models.organisation import (
    Membership,
    Organisation,
    OrganisationContact,
    OrganisationKind,
    OrganisationName,
)
from tourism_odr.people.models.person import DetailKind, Person, PersonDetail, PersonKey
from tourism_odr.people.models.tickets import (
    FactorReset,
    Invitation,
    LinkScope,
    OneTimeCode,
    PrintedCode,
    SecretLink,
)

__all__ = [
    "Credential",
    "Denial",
    "DenialCount",
    "DetailKind",
    "FactorReset",
    "Invitation",
    "KnownDevice",
    "LinkScope",
    "Membership",
    "OneTimeCode",
    "OpenSession",
    "Organisation",
    "OrganisationContact",
    "OrganisationKind",
    "OrganisationName",
    "Person",
    "PersonDetail",
    "PersonKey",
    "PrintedCode",
    "RateLimit",
    "RecoveryCode",
    "Reveal",
    "SecretLink",
    "Sitting",
    "Totp",
]
