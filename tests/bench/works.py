"""The works that are measured, each as a server would be asked for it."""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session
from werkzeug.test import EnvironBuilder, run_wsgi_app

from tests.bench.meter import Cost, Meter
from tests.bench.stock import DUE, Stock
from tests.intake.tourist import ANSWERS
from tourism_odr.cases.filing import keep
from tourism_odr.clock import now
from tourism_odr.db import db, unit_of_work
from tourism_odr.intake.commands import drafts
from tourism_odr.jobs import clocks
from tourism_odr.people import links, sessions
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import LinkScope, Membership

PAGES = 100
WARM_UP = 15
SUBMITS = 100
SWEPT = 25  # batches
TOKEN = re.compile(r'name="csrf_token" value="([^"]*)"')
Environ = dict[str, Any]


@dataclass
class Visitor:
    """A browser's cookies, and requests made ready so that only the service is measured."""

    app: Flask
    cookies: dict[str, str] = field(default_factory=dict)
    address: str = "127.0.0.1"

    @property
    def base(self) -> str:
        """The address that the service knows itself by."""
        settings = self.app.extensions.get("odr_settings")
        return settings.base_url if settings else "http://127.0.0.1"

    def request(self, path: str, data: dict[str, str] | None = None) -> Environ:
        """What a server would hand to the application."""
        builder = EnvironBuilder(path, self.base, method="POST" if data else "GET", data=data)
        environ = builder.get_environ()
        environ["REMOTE_ADDR"] = self.address
        environ["HTTP_COOKIE"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return environ

    def open(self, environ: Environ) -> tuple[str, str]:
        """Status and body; cookies are kept."""
        body, status, headers = run_wsgi_app(self.app, environ, buffered=True)
        for one in headers.getlist("Set-Cookie"):
            name, _, value = one.split(";")[0].partition("=")
            self.cookies[name] = value
        return status, b"".join(body).decode()


def answered(app: Flask, expected: str) -> Callable[[Environ], None]:
    """Answer one request; what is not ``expected`` is no measurement."""

    def run(environ: Environ) -> None:
        body, status, _ = run_wsgi_app(app, environ, buffered=True)
        whole = b"".join(body)
        if not status.startswith(expected):
            raise RuntimeError(f"{environ['PATH_INFO']}: {status} {whole[:300]!r}")

    return run


def page(app: Flask, meter: Meter, actor: Actor, case_id: UUID, path: str) -> Cost:
    """One page, for somebody who is signed in or came by the link of their case."""
    visitor = Visitor(app, {"language": "en", app.config["SESSION_COOKIE_NAME"]: _carried(app, actor, case_id)})
    run = answered(app, "200")
    for _ in range(WARM_UP):
        run(visitor.request(path))
    return meter.cost(run, [visitor.request(path) for _ in range(PAGES)])


def _carried(app: Flask, actor: Actor, case_id: UUID) -> str:
    """The cookie of somebody who has signed in, or has opened the secret link of the case."""
    assert actor.person_id is not None
    with app.app_context(), unit_of_work() as session:
        if actor.organisation_id is None:
            link = links.make_link(actor.person_id, case_id, LinkScope.FULL, now())
            token = links.open_link(link, now())
        else:
            mine = select(Membership.id).where(Membership.person_id == actor.person_id)
            token = sessions.open_session(actor.person_id, now(), membership_id=session.scalars(mine).one())
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer is not None
    return str(signer.dumps({"_user_id": token, "_fresh": True}))


def submit(app: Flask, meter: Meter, stock: Stock) -> Cost:
    """The last page of a complaint with one file of 10 KB, sent."""
    run = answered(app, "303")
    ready = [_about_to_send(app, stock, number) for number in range(SUBMITS + WARM_UP)]
    for environ in ready[:WARM_UP]:
        run(environ)
    return meter.cost(run, ready[WARM_UP:])


class EnoughError(BaseException):
    """Ends a unit of work that is only to be measured: nothing of it is kept."""


def rows_of_a_submit(app: Flask, meter: Meter, stock: Stock) -> tuple[int, Cost]:
    """How many rows a complaint writes, and what the object mapper alone takes to write them."""
    written = _written(app, _about_to_send(app, stock, SUBMITS + WARM_UP))

    def write(_: int) -> None:
        with suppress(EnoughError), unit_of_work() as session:
            session.add_all([model(**values) for model, values in written])
            session.flush()
            raise EnoughError

    with app.app_context():
        for _ in range(WARM_UP):
            write(0)
        return len(written), meter.cost(write, range(SUBMITS))


def _written(app: Flask, environ: Environ) -> list[tuple[type[Any], dict[str, Any]]]:
    """The rows that this request would add; it is stopped before they are saved."""
    found: list[tuple[type[Any], dict[str, Any]]] = []

    def note(session: Session, *_: Any) -> None:
        found.extend((type(row), {one.key: getattr(row, one.key) for one in inspect(type(row)).column_attrs}) for row in session.new)

    def stop(_session: Session) -> None:
        raise EnoughError

    event.listen(Session, "before_flush", note)
    event.listen(Session, "before_commit", stop)
    with suppress(EnoughError):
        run_wsgi_app(app, environ, buffered=True)
    event.remove(Session, "before_flush", note)
    event.remove(Session, "before_commit", stop)
    return found


def _about_to_send(app: Flask, stock: Stock, number: int) -> Environ:
    """A draft whose pages are all answered, and the request that sends it."""
    at = now()
    with app.app_context():
        secret: str | None = None
        for name, typed in _answers(stock).items():
            secret = drafts.save_page(secret, drafts.PageWritten(name, typed), at)
        assert secret is not None
        content = f"Booking {number}\n".encode() + b"The hotel was promised on the river.\n" * 276
        drafts.add_file(secret, keep(app.extensions["odr_evidence"], content, "booking.txt"), 10, at)
    visitor = Visitor(app, {"draft": secret, "language": "en"}, f"10.0.{number // 250}.{number % 250}")
    _, html = visitor.open(visitor.request("/en/complain/check"))
    token = TOKEN.findall(html)[-1]
    return visitor.request("/en/complain/check", {"csrf_token": token, "sharing": "y", "true": "y", "sensitive": "y"})


def _answers(stock: Stock) -> dict[str, dict[str, list[str]]]:
    typed = {name: {key: [value] for key, value in answers.items()} for name, answers in ANSWERS.items()}
    typed["whom"] = {"chosen": [str(stock.people.agency)]}
    typed["trip"]["place"] = [str(stock.people.body)]
    return typed


def sweep(app: Flask, meter: Meter) -> dict[str, object]:
    """A backlog of due clocks: claimed, carried out, and the tick when nothing is due."""
    at = now()
    long_ago = at - timedelta(days=3650)

    def look(_: int) -> None:
        found[:] = clocks.cases_due(at, set())

    def claim(number: int) -> None:
        with unit_of_work() as session:
            here = number * clocks.BATCH
            clocks._claim(session, at, clocks.BATCH, set(), found[here : here + clocks.BATCH])

    def effect(number: int) -> None:
        here = number * clocks.BATCH
        clocks.sweep(at, only=found[here : here + clocks.BATCH])
        done.append(clocks.BATCH)

    with app.app_context():
        done: list[int] = []
        found: list[UUID] = []
        clocks.sweep(long_ago)
        idle = meter.cost(clocks.sweep, [long_ago] * PAGES)
        looked = meter.cost(look, range(5))
        claimed = meter.cost(claim, range(SWEPT))
        effects = meter.cost(effect, range(SWEPT))
        db.session.remove()
    each = effects.cpu_ms * SWEPT / sum(done)
    return {
        "due": DUE,
        "claim_cpu_s": round((looked.cpu_ms * DUE / clocks.LOOK + claimed.cpu_ms * DUE / clocks.BATCH) / 1000, 3),
        "effects_measured_on_cases": sum(done),
        "effect_cpu_ms_a_case": round(each, 2),
        "effect_cases_a_cpu_second": round(1000 / each),
        "statements_a_case": round(effects.statements * SWEPT / sum(done), 1),
        "idle_tick_cpu_ms": round(idle.cpu_ms, 3),
    }


def bare(app: Flask, meter: Meter) -> tuple[Cost, Cost]:
    """A bare insert and a bare read."""
    visitor, run = Visitor(app), answered(app, "200")
    data = {"said": "The hotel was two classes lower than promised."}
    for _ in range(WARM_UP):
        run(visitor.request("/", data))
        run(visitor.request("/"))
    return (
        meter.cost(run, [visitor.request("/", data) for _ in range(PAGES)]),
        meter.cost(run, [visitor.request("/") for _ in range(PAGES)]),
    )

