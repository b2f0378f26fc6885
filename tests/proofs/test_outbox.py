"""Messages under a sender that is killed at any point: none lost, none invented, twice only under one Message-ID."""

import asyncio
import socket
from collections import defaultdict
from collections.abc import Callable, Iterator
from random import Random
from time import sleep
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import func, select

from tests import builders
from tests.proofs.processes import Child
from tests.proofs.tally import Tally, extent
from tests.proofs.test_clocks import apart
from tourism_odr.cases import telling
from tourism_odr.cases.models import Notice
from tourism_odr.clock import now
from tourism_odr.config import Settings
from tourism_odr.db import db, unit_of_work
from tourism_odr.jobs import outbox
from tourism_odr.jobs.mail import mailer_for
from tourism_odr.jobs.outbox import Office

SENDERS = 2


class Sink:
    """A mail server that keeps who was sent what; now and then it is busy, or slow."""

    def __init__(self) -> None:
        self.got: defaultdict[str, list[bytes]] = defaultdict(list)
        self.dice = Random(11)  # noqa: S311 - a proof that can be repeated
        self.busy = self.came = 0

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - the library's name
        """Keep it, or say that it must come again."""
        self.came += 1
        if self.dice.random() < 0.1:
            self.busy += 1
            return "451 busy, come again"
        head, _, body = envelope.content.partition(b"\r\n\r\n")
        names = {line.partition(b":")[0].lower(): line.partition(b":")[2].strip() for line in head.split(b"\r\n")}
        boundary = names[b"content-type"].partition(b'boundary="')[2].rstrip(b'"')
        self.got[names[b"message-id"].decode()].append(body.replace(boundary, b""))
        await asyncio.sleep(self.dice.uniform(0.02, 0.08))  # kept, and not yet said so: the worst moment to be killed
        return "250 kept"


@pytest.fixture
def sink() -> Iterator[tuple[Sink, int]]:
    kept = Sink()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(kept, hostname="127.0.0.1", port=port)
    controller.start()
    yield kept, port
    controller.stop()


def lay_in(how_many: int) -> None:
    """Notices of steps that happened, and as many of steps that were rolled back."""
    made = builders.a_case()
    for number in range(how_many):
        try:
            with unit_of_work() as session:
                recipient = telling.Recipient(person_id=made.people.tourist.person_id)
                telling.queue(session, "_other/pending-lost", recipient, at=builders.AT, case_id=made.id,
                              params={"case": str(made.id), "step": "offer.accept"})  # fmt: skip
                if number % 2:
                    session.flush()
                    raise RuntimeError("it did not happen")
        except RuntimeError:
            continue


def waiting() -> int:
    db.session.rollback()
    return db.session().scalar(select(func.count(Notice.id)).where(Notice.status == telling.WAITING)) or 0


def test_a_killed_sender_loses_no_message_and_invents_none(
    built: Flask, settings: Settings, sink: tuple[Sink, int], child: Callable[..., Child], tell: Tally
) -> None:
    kept, port = sink
    kills, dice = extent(6, 300), Random(5)  # noqa: S311 - a proof that can be repeated
    apart(built, lambda: lay_in(extent(60, 10_000)))
    office = Office(mailer_for(f"smtp://127.0.0.1:{port}", "a@odr.example"), "a@odr.example", settings.base_url, "服务")
    start, killed, rounds = now(), 0, 0

    def sender(at: Any) -> Callable[[], None]:
        def work() -> None:
            with built.app_context():
                outbox.post(at, office, batch=5)

        return work

    while apart(built, waiting):
        rounds += 1
        at = start + outbox.LEASE * rounds  # leases of whoever died have lapsed
        children = [child(sender(at)) for _ in range(SENDERS)]
        for one in children:
            if killed < kills:
                _wait_for_more(kept, one)
                sleep(dice.choice((0, 0, 0.02, 0.1)))
                killed += one.alive()
                one.kill()
            else:
                one.wait()

    with built.app_context():
        rows = {f"<{row.message_id}@127.0.0.1>": row.status for row in db.session().scalars(select(Notice))}
        db.session.remove()
    twice = {one: copies for one, copies in kept.got.items() if len(copies) > 1}
    differing = [one for one, copies in twice.items() if len({_plain(copy) for copy in copies}) > 1]
    lost = [one for one, status in rows.items() if one not in kept.got or status != outbox.SENT]
    invented = set(kept.got) - set(rows)
    tell(messages=len(rows), kills=killed, busy_answers=kept.busy, sent_twice_under_one_id=len(twice), lost=len(lost),
         of_work_rolled_back=len(invented), other_text_the_second_time=len(differing))  # fmt: skip
    assert (lost, invented, differing) == ([], set(), [])
    assert sum(len(copies) - 1 for copies in twice.values()) <= killed
    assert killed > 0


def _wait_for_more(kept: Sink, sender: Child) -> None:
    """Until the next message comes in, so that the kill falls among them and not before the first."""
    before = kept.came
    for _ in range(500):
        if kept.came > before or not sender.alive():
            return
        sleep(0.01)


def _plain(body: bytes) -> bytes:
    """The words, without what differs from copy to copy."""
    return b"\n".join(line for line in body.splitlines() if not line.startswith(b"--"))
