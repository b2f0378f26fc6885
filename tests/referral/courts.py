"""A court with its people, for tests."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tests.journeys.town import Town
from tourism_odr.clock import now
from tourism_odr.db import unit_of_work
from tourism_odr.people import organisations, persons
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import OrganisationKind
from tourism_odr.people.roles import Role


@dataclass(frozen=True)
class TheCourt:
    """A court, its clerk and its judge."""

    id: UUID
    name: str
    clerk: Actor
    judge: Actor


def a_court(town: Town, name: str = "演示市静安区人民法院", territory: str = "310106") -> TheCourt:
    """A court of the town."""
    with town.app.app_context(), unit_of_work():
        return seated(name, territory)


def seated(name: str = "演示市静安区人民法院", territory: str = "310106", at: datetime | None = None) -> TheCourt:
    """The same inside of somebody's unit of work."""
    at = at or now()
    court = organisations.register_organisation(
        OrganisationKind.COURT, name, at=at, name_en="People's Court", territory=territory, level="district"
    )

    def member(role: Role, called: str) -> Actor:
        person = persons.create_person(locale="en", at=at, name=called)
        organisations.add_member(person, court, role, at)
        return Actor(person, role, court)

    return TheCourt(court, name, member(Role.CLERK, "立案员"), member(Role.JUDGE, "陆审判员"))
