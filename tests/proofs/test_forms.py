"""Every form that the URL map has, filled with nonsense by whoever may use it: never an error of ours, never a half truth."""

import pickle
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient
from sqlalchemy import func, select

from tests import builders
from tests.conftest import settings_for
from tests.databases import Databases
from tests.matrix.doors import Door, doors
from tests.matrix.world import Somebody, World
from tests.pages import check_page
from tests.proofs import hostile, invariants
from tests.proofs.hostile import Form, Forms
from tests.proofs.processes import Child
from tests.proofs.tally import Tally, extent
from tests.signing_in import sign_in
from tourism_odr.app import create_app
from tourism_odr.cases.lifecycle import STEPS
from tourism_odr.cases.models import Document, Event, Notice, Subject
from tourism_odr.db import db

AT_STAGES = ("lodged", "accepted", "sent", "served", "answered", "mediation", "mediated", "offered", "drafted", "locked", "signed", "reported")
WORTH_A_PROCESS = 500
CHECKED = 0.1  # of the pages that come back are read as strictly as in all other tests; that takes longer than to make them
ENDS_THE_SESSION = frozenset({"account.sign_out"})
WRITES_BY_ANSWERING_200 = frozenset({"casefile.reveal", "intake.triage_identify"})  # what they show is shown this once


class Visitor(FlaskClient):
    """Somebody at the address of the service."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        kwargs.setdefault("base_url", self.application.extensions["odr_settings"].base_url)
        return super().open(*args, **kwargs)


def people_of(world: World) -> list[Somebody]:
    """Everybody who has a part in the case, and those who keep the house."""
    people, case = world.case.people, world.case
    actors = (people.officer, people.head, people.mediator, people.handler, people.owner, people.second_handler, people.admin)
    return [Somebody("the tourist", people.tourist, True, case.id), *[Somebody(str(one.role), one, True) for one in actors]]


def may(door: Door, somebody: Somebody) -> bool:
    """Whether this form is for them."""
    assert somebody.actor is not None
    role = somebody.actor.role
    if door.endpoint in ENDS_THE_SESSION or (door.policy.roles and role not in door.policy.roles):
        return False
    return door.policy.kind != "step" or any(role in STEPS[name].by for name in door.policy.steps)


class Fuzzer:
    """A world at one stage, everybody in it with a browser, and dice."""

    def __init__(self, app: Flask, stage: str, dice: Random, tally: Counter[str]) -> None:
        self.app, self.dice, self.tally, self.wrong = app, dice, tally, list[str]()
        with app.app_context():
            case = builders.a_case(stage, respondents=2)
            self.world = World(case, builders.a_case(people=case.people), [])
            found = doors(app, self.world, ("POST",))
            db.session.remove()
        self.pairs = [(door, one) for one in people_of(self.world) for door in found if may(door, one)]
        dice.shuffle(self.pairs)
        self.clients: dict[str, Any] = {}

    def client(self, somebody: Somebody) -> Any:
        """Signed in anew, for a form may have ended the session."""
        assert somebody.actor is not None
        client = Visitor(self.app, Response)
        return sign_in(client, somebody.actor, somebody.case_id)

    def post(self, door: Door, somebody: Somebody) -> None:
        """Look at the page, fill its form with nonsense, send it."""
        client = self.client(somebody)
        form = self._form(client, door)
        sent = hostile.typed(form, self.dice)
        data, kind = hostile.body(form, sent, self.dice)
        before = self._traces()
        said = f"{somebody.name} at {door.endpoint} of a case: {[(name, value[:60]) for name, value in sent]!r}"
        try:
            answer = client.post(form.action or door.address, data=data, content_type=kind, buffered=True)
            if answer.mimetype == "text/html" and self.dice.random() < CHECKED:
                check_page(answer.get_data(as_text=True), door.endpoint)
        except Exception as wrong:  # an error of ours, or a page that is no good HTML
            self.wrong.append(f"{said}: {type(wrong).__name__}: {str(wrong)[:300]}")
            return
        self.tally[f"{answer.status_code // 100}xx"] += 1
        if answer.status_code >= 500:
            self.wrong.append(f"{said}: {answer.status_code}")
        refused = answer.status_code != 303 and door.endpoint not in WRITES_BY_ANSWERING_200
        if refused and self._traces() != before:
            self.wrong.append(f"{said}: answered {answer.status_code} and wrote {before} -> {self._traces()}")

    def _form(self, client: Any, door: Door) -> Form:
        page = client.get(door.address)
        found = Forms(page.get_data(as_text=True)).found if page.status_code == 200 and page.mimetype == "text/html" else []
        own = [form for form in found if form.action.split("?")[0] in ("", door.address) and form.fields]
        self.tally["forms of their pages"] += bool(own)
        if own:
            return self.dice.choice(own)
        return Form("", [(name, "text", []) for name in hostile.BARE])

    def _traces(self) -> tuple[int, ...]:
        with self.app.app_context():
            counts = [db.session().scalar(select(func.count()).select_from(model)) or 0 for model in (Event, Notice, Document)]
            versions = db.session().scalar(select(func.sum(Subject.version))) or 0
            db.session.remove()
        return (*counts, versions)

    def broken(self) -> list[str]:
        """Of all cases in the end."""
        with self.app.app_context():
            wrong = invariants.broken()
            db.session.remove()
            return wrong


@dataclass
class Found:
    """What one round of posts met."""

    posts: int = 0
    seen: set[str] = field(default_factory=set)
    tally: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)


def fuzz(app: Flask, seed: int, total: int, at_stages: Sequence[str]) -> Found:
    """So many posts to worlds at these stages."""
    app.config["WTF_CSRF_ENABLED"] = False  # a forged token has a test of its own; here the form behind it is asked
    app.config["PROPAGATE_EXCEPTIONS"] = True  # so that an error says where
    dice, found = Random(seed), Found()  # noqa: S311 - a proof that can be repeated
    worlds = [Fuzzer(app, stage, dice, found.tally) for stage in at_stages]
    while found.posts < total:
        world = dice.choice(worlds)
        door, somebody = world.pairs[found.posts % len(world.pairs)]
        world.post(door, somebody)
        found.seen.add(door.endpoint)
        found.posts += 1
    found.wrong += [one for world in worlds for one in world.wrong] + worlds[0].broken()
    return found


@pytest.fixture
def apart(databases: Databases, keys_dir: Path, tmp_path: Path, child: Callable[..., Child]) -> Iterator[Callable[..., list[Found]]]:
    """Rounds in processes of their own, each on a database of its own: the machine has more than one core."""
    with ExitStack() as stack:

        def start(shares: int, total: int) -> list[Found]:
            kept = [tmp_path / str(number) for number in range(shares)]
            addresses = [stack.enter_context(databases.fresh()) for _ in kept]
            stages = [AT_STAGES[number::shares] for number in range(shares)]
            for folder in kept:
                folder.mkdir()
            children = [child(partial(_round, address, folder, keys_dir, number, total // shares, stages[number]))
                        for number, (address, folder) in enumerate(zip(addresses, kept, strict=True))]  # fmt: skip
            assert [one.wait() for one in children] == [0] * shares
            return [pickle.loads((folder / "found").read_bytes()) for folder in kept]  # noqa: S301 - our own children wrote it

        yield start


def _round(address: str, folder: Path, keys_dir: Path, number: int, total: int, at_stages: Sequence[str]) -> None:
    found = fuzz(create_app(settings_for(address, folder, keys_dir, 1)), number, total, at_stages)
    (folder / "found").write_bytes(pickle.dumps(found))


@pytest.mark.filterwarnings("default::UserWarning")
def test_no_form_falls_over_and_none_tells_what_did_not_happen(built: Flask, apart: Callable[..., list[Found]], tell: Tally) -> None:
    total = extent(100, 20_000)
    stages = Random(58).sample(AT_STAGES, 4)  # noqa: S311 - a proof that can be repeated

    rounds = [fuzz(built, 58, total, stages)] if total < WORTH_A_PROCESS else apart(2, total)

    tally, seen = sum((one.tally for one in rounds), Counter[str]()), set[str]().union(*(one.seen for one in rounds))
    wrong = [said for one in rounds for said in one.wrong]
    tell(posts=sum(one.posts for one in rounds), forms=len(seen), **{key.replace(" ", "_"): count for key, count in sorted(tally.items())}, wrong=len(wrong))
    assert not wrong, f"{len(wrong)}:\n" + "\n".join(wrong[:15])
