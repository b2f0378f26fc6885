"""One case with everything in it, and everybody who may or may not come near it."""

from dataclasses import dataclass, field
from uuid import UUID

from tests import builders
from tests.builders import TheCase
from tests.cases import timing
from tests.matrix.confirming import apply_together
from tests.matrix.counter import acts_for_tourist, follow
from tests.referral.courts import TheCourt
from tests.referral.suing import sue
from tourism_odr.cases.models import VolumeOrder
from tourism_odr.db import db, unit_of_work
from tourism_odr.jobs.volumes import make_ordered
from tourism_odr.people import factors, organisations, persons
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import OrganisationKind
from tourism_odr.people.roles import Role
from tourism_odr.referral.commands import applications


@dataclass(frozen=True)
class Somebody:
    """An actor with a name for the report, and what was settled by hand: may they see the case?"""

    name: str
    actor: Actor | None
    sees: bool
    case_id: UUID | None = None  # of a tourist's link
    read_only: bool = False
    alive: bool = True


@dataclass
class World:
    """The case in the middle, another case beside it, and the actors."""

    case: TheCase
    other: TheCase
    cast: list[Somebody] = field(default_factory=list)


def build() -> World:
    """Two respondents, one signed agreement, a mediator, an officer: and all those who are none of it."""
    case = builders.a_case("signed", respondents=2)
    other = builders.a_case("mediated")
    court = apply_together(case)
    beside(case)
    sue(case, court)
    return World(case, other, [*_cast(case, other), *_bench(court)])


def _bench(court: TheCourt) -> list[Somebody]:
    return [
        Somebody("the clerk of its court", court.clerk, True),
        Somebody("the judge of its court", court.judge, True),
    ]


def beside(case: TheCase) -> None:
    """An application whose letter is issued, and the archive volumes of the case as it stands."""
    by = case.people.officer
    begun = applications.open_application(applications.Begin(case.id, "enforcement", case.respondent), by=by, at=case.at)
    files = tuple(one.item_id for one in applications.evidence_for(db.session(), case.id))
    time_of(case)
    letter = applications.Letter(begun, 1, "执法总队", "", None, "shopping", "行程中安排购物。", "", files)
    applications.write_letter(letter, by=by, at=case.at)
    shelve(case)


def time_of(case: TheCase) -> None:
    """Time that stands still, and a proposal to make it longer."""
    clock = timing.lay(case)
    case.at += timing.DAY
    timing.begin(case, case.people.officer, case.at, words="canarypause")
    timing.proposed(case, clock, case.people.officer, case.at, words="canarymoretime")


def shelve(case: TheCase) -> None:
    """Compile a volume of its own for all that lies in the case now."""
    with unit_of_work() as session:
        session.add(VolumeOrder(case_id=case.id, supplement=True, created=case.at))
    assert make_ordered(case.at) == 1


def _cast(case: TheCase, other: TheCase) -> list[Somebody]:
    people, strangers = case.people, other.people
    finance = _member(people.agency, Role.FINANCE)
    deputy = _member(people.body, Role.OFFICER)
    both = _also_officer(people.mediator, people.body)
    suspended = _member(people.body, Role.OFFICER)
    follows, acts = (_outsider(OrganisationKind.COUNCIL, Role.COUNCIL) for _ in range(2))
    follow(case, follows, acts)
    with unit_of_work():
        assert suspended.person_id is not None
        factors.suspend(suspended.person_id, case.at)
    return [
        Somebody("nobody", None, False),
        Somebody("the tourist", people.tourist, True, case.id),
        Somebody("the tourist's helper", people.tourist, True, case.id, read_only=True),
        Somebody("another tourist", strangers.tourist, False, other.id),
        Somebody("the handler", people.handler, True),
        Somebody("the owner", people.owner, True),
        Somebody("the finance", finance, True),
        Somebody("the second respondent's handler", people.second_handler, True),
        Somebody("a stranger's handler", strangers.handler, False),
        Somebody("the mediator", people.mediator, True),
        Somebody("another mediator", strangers.mediator, False),
        Somebody("the mediator as officer", both, False),
        Somebody("the officer", people.officer, True),
        Somebody("a second officer", deputy, True),
        Somebody("the head", people.head, True),
        Somebody("another body's officer", strangers.officer, False),
        Somebody("another body's head", strangers.head, False),
        Somebody("a suspended officer", suspended, False, alive=False),
        Somebody("the administrator", people.admin, False),
        Somebody("a court clerk", _outsider(OrganisationKind.COURT, Role.CLERK), False),
        Somebody("a judge", _outsider(OrganisationKind.COURT, Role.JUDGE), False),
        Somebody("a council clerk", _outsider(OrganisationKind.COUNCIL, Role.COUNCIL), False),
        Somebody("the council clerk who follows", follows, True),
        Somebody("the clerk who acts for the tourist", acts_for_tourist(case, acts), True),
    ]


def _member(organisation: UUID, role: Role) -> Actor:
    with unit_of_work():
        person = persons.create_person(locale="zh-Hans", at=builders.AT, name="演示人员")
        organisations.add_member(person, organisation, role, builders.AT)
    return Actor(person, role, organisation)


def _also_officer(mediator: Actor, body: UUID) -> Actor:
    assert mediator.person_id is not None
    with unit_of_work():
        organisations.add_member(mediator.person_id, body, Role.OFFICER, builders.AT)
    return Actor(mediator.person_id, Role.OFFICER, body)


def _outsider(kind: OrganisationKind, role: Role) -> Actor:
    with unit_of_work():
        organisation = organisations.register_organisation(kind, "演示机构", at=builders.AT)
    return _member(organisation, role)
