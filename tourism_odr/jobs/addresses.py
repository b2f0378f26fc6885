"""Where a notice goes: a person's own e-mail; an operator's registered contact; the people of a body."""

from datetime import datetime
from uuid import UUID

from tourism_odr.cases.models import Notice
from tourism_odr.people import organisations, persons
from tourism_odr.people.models import DetailKind, OrganisationKind
from tourism_odr.people.roles import Role

EMAIL = DetailKind.EMAIL.value


def addresses_of(notice: Notice, at: datetime) -> list[str]:
    """Every e-mail address of the recipient; none means that the pages of the case have to do."""
    if notice.person_id is not None:
        return _of_people([notice.person_id])
    if notice.organisation_id is None:
        return []
    role = Role(notice.role) if notice.role else None
    members = _of_people(organisations.people_of(notice.organisation_id, role, at))
    kind = organisations.organisation(notice.organisation_id).kind
    if kind == OrganisationKind.OPERATOR:
        return registered(notice.organisation_id) or members
    return members or registered(notice.organisation_id)


def registered(organisation_id: UUID) -> list[str]:
    """The contact that the register holds or an officer verified: complaints go to no other."""
    held = [
        c.value
        for c in organisations.contacts_of(organisation_id)
        if c.kind == EMAIL and c.verified is not None
    ]
    return held[:1]


def _of_people(person_ids: list[UUID]) -> list[str]:
    known = persons.details_of(person_ids, [DetailKind.EMAIL])
    found = (known[one].get(DetailKind.EMAIL) for one in person_ids if one in known)
    return list(dict.fromkeys(address for address in found if address))
