"""Everybody a case needs: a tourist, a body, two agencies with their people, a mediator."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from tourism_odr.clock import local_day
from tourism_odr.people import organisations, persons
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import OrganisationKind
from tourism_odr.people.roles import Role

AT = datetime(2026, 10, 9, 1, 0, tzinfo=UTC)


@dataclass
class People:
    """Everybody a case needs, as actors; ids of their organisations beside."""

    tourist: Actor
    officer: Actor
    head: Actor
    mediator: Actor
    handler: Actor
    owner: Actor
    second_handler: Actor
    admin: Actor
    body: UUID
    agency: UUID
    second_agency: UUID
    house: UUID


def people(session: Session, at: datetime = AT) -> People:
    """A tourist, a body with officer and head, two agencies with their people, a mediator, an administrator."""
    marker = uuid4().hex[:6]
    body = organisations.register_organisation(
        OrganisationKind.BODY, "演示市旅游质量监督所", at=at, name_en="Demo Tourism Quality Institute",
        code=f"演{marker}旅质", territory="310000", level="city",
    )  # fmt: skip
    council = organisations.register_organisation(OrganisationKind.MEDIATION, "演示旅游纠纷调解中心", at=at)
    house = organisations.register_organisation(OrganisationKind.HOUSE, "演示平台", at=at)
    agency = _agency("远山旅行社", f"far-{marker}@agency.example", at)
    second = _agency("近水旅行社", f"near-{marker}@agency.example", at)

    def person(name: str, locale: str, role: Role, organisation: UUID | None = None) -> Actor:
        email = f"{role}-{uuid4().hex[:8]}@people.example"
        who = persons.create_person(locale=locale, at=at, name=name, email=email)
        if organisation:
            organisations.add_member(who, organisation, role, at)
        return Actor(who, role, organisation)

    made = People(
        tourist=person("林晓彤", "zh-Hans", Role.TOURIST),
        officer=person("高原", "zh-Hans", Role.OFFICER, body),
        head=person("沈所长", "zh-Hans", Role.HEAD, body),
        mediator=person("顾清和", "zh-Hans", Role.MEDIATOR, council),
        handler=person("周启明", "zh-Hans", Role.HANDLER, agency),
        owner=person("郑总", "zh-Hans", Role.OWNER, agency),
        second_handler=person("钱经办", "zh-Hans", Role.HANDLER, second),
        admin=person("管理员", "en", Role.ADMIN, house),
        body=body,
        agency=agency,
        second_agency=second,
        house=house,
    )
    session.flush()
    return made


def _agency(name: str, email: str, at: datetime) -> UUID:
    return organisations.register_operator(
        name, at=at, source="register", source_day=local_day(at), name_en=name, territory="310000",
        contacts=(("e-mail", email), ("phone", "+862155550100")),
    )  # fmt: skip
