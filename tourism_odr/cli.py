"""The command line.  ``tourism-odr COMMAND --help`` tells about each.

Exit codes: 0 done, 1 the answer is no (a check failed), 2 wrong use or a setting that is refused.
The application is imported inside the commands: ``--help`` is quick, and a process for streams is
prepared for them before anything else is loaded.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tourism_odr.calc import calc
from tourism_odr.config import ConfigError, Settings
from tourism_odr.recount import figures
from tourism_odr.version import VERSION

if TYPE_CHECKING:
    from datetime import datetime

    from flask import Flask

    from tourism_odr.cases.ledger import Fault

as_json = click.option("--json", "json_out", is_flag=True, help="Print data as JSON.")


class Refused(click.ClickException):
    """Something the operator must put right first."""

    exit_code = 2


def settings() -> Settings:
    """The settings of this environment, or a sentence and exit code 2."""
    try:
        return Settings.from_environment(os.environ)
    except ConfigError as wrong:
        raise Refused(str(wrong)) from None


def application(with_settings: Settings | None = None) -> "Flask":
    """The application of this environment."""
    with_settings = with_settings or settings()
    from tourism_odr.app import create_app

    return create_app(with_settings)


@contextmanager
def inside(with_settings: Settings | None = None) -> "Iterator[Flask]":
    """The application with its context open; at the end its connections are closed, not left to the collector."""
    from tourism_odr.db import db

    app = application(with_settings)
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


def show(data: Any, lines: list[str], *, json_out: bool) -> None:
    """``lines`` for people, ``data`` for programs."""
    if json_out:
        click.echo(json.dumps(data, default=_plain, ensure_ascii=False, indent=1))
    else:
        for line in lines:
            click.echo(line)


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return str(value)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="tourism-odr")
def main() -> None:
    """Run and look after the service for tourism disputes."""


main.add_command(calc)
main.add_command(figures)


@main.command()
@click.option("--bind", help="Address to listen on; by default that of ODR_BASE_URL on loopback, or 127.0.0.1:8000.")
@click.option("--streams", is_flag=True, help="Serve streams alone, thousands in one process (PostgreSQL, gevent).")
def serve(bind: str | None, streams: bool) -> None:
    """Run the web server until told to stop."""
    if streams:
        from gevent import monkey

        monkey.patch_all()  # before the application and its drivers are loaded
    from tourism_odr.operations import serving

    current = settings()
    try:
        serving.serve(application, current, bind or serving.default_bind(current), streams=streams)
    except ConfigError as wrong:
        raise Refused(str(wrong)) from None


@main.group()
def jobs() -> None:
    """Clocks, notices and documents: what happens without anybody's click."""


@jobs.command("run")
def run_jobs() -> None:
    """Run until told to stop.  Several at once are allowed: work is claimed."""
    from tourism_odr.jobs import scheduler

    scheduler.run(application())


@jobs.command("run-once")
@as_json
def run_jobs_once(json_out: bool) -> None:
    """Do everything that is due now, then end; for cron and for tests."""
    from tourism_odr.clock import now
    from tourism_odr.jobs import scheduler

    with inside() as app:
        done = scheduler.run_once(app, now())
    show(done, [f"{name}: {count}" for name, count in dict(done).items()], json_out=json_out)


@main.command()
@click.option("--to", "revision", default="head", show_default=True, help="Go to this migration, forward.")
@click.option("--back-to", help="Go back to this migration; data of newer tables is lost.")
@click.option("--check", "only_check", is_flag=True, help="Change nothing; exit 1 when the database is not at head.")
@click.option("--draft", metavar="MESSAGE", help="Write a new migration from what the models say; for developers.")
def migrate(revision: str, back_to: str | None, only_check: bool, draft: str | None) -> None:
    """Bring the database to the newest tables."""
    from tourism_odr.operations import migrations

    current = settings()
    current.data_dir.mkdir(parents=True, exist_ok=True)
    with inside(current):
        if draft:
            migrations.draft(draft, migrations.next_number())
        elif back_to:
            migrations.downgrade_to(back_to)
        elif not only_check:
            migrations.upgrade(revision)
        at, newest = migrations.current(), migrations.head()
    click.echo(f"Database at {at}, newest is {newest}.")
    if only_check and at != newest:
        sys.exit(1)


@main.command()
@as_json
def verify(json_out: bool) -> None:
    """Check every chain of the ledger and every stored file; name the first thing that is wrong."""
    wrong = broken(settings())
    show({"ok": not wrong, "wrong": wrong}, wrong or ["The ledger is whole."], json_out=json_out)
    if wrong:
        sys.exit(1)


def broken(current: Settings) -> list[str]:
    """What is wrong with the ledger and the files of one database, in words."""
    from tourism_odr.cases.ledger import verify_all
    from tourism_odr.db import db
    from tourism_odr.operations.files import wrong_files

    with inside(current) as app:
        faults = [_in_words(found) for found in verify_all(db.session()) if not isinstance(found, int)]
        return [*faults, *wrong_files(app.extensions["odr_evidence"])]


def _in_words(fault: "Fault") -> str:
    return f"case {fault.case_id}, place {fault.place_id}, line {fault.number}: {fault.what}"


@main.command()
@as_json
def doctor(json_out: bool) -> None:
    """Look at everything that the service stands on and say what is not well."""
    from tourism_odr.operations import health

    with inside() as app:
        checks = health.look(app.extensions["odr_settings"], app.extensions.get("odr_probes", ()))
    lines = [f"{'well' if check.ok else 'NOT WELL':9}{check.name}: {check.detail}" for check in checks]
    show(checks, lines, json_out=json_out)
    if not all(check.ok for check in checks):
        sys.exit(1)


@main.group()
def keys() -> None:
    """Make and change the keys that are kept in files."""


@keys.command("make")
@click.option("--folder", type=click.Path(path_type=Path), help="Where; by default keys/ in ODR_DATA_DIR.")
@as_json
def make_keys(folder: Path | None, json_out: bool) -> None:
    """Create the keys that are missing; those that exist stay."""
    from tourism_odr.operations import keys as keyring

    folder = folder or Path(os.environ.get("ODR_DATA_DIR", "var")).absolute() / "keys"
    made = keyring.make(folder)
    show([str(path) for path in made], [f"Made {path}" for path in made] or ["All keys are there."], json_out=json_out)


@keys.command("rotate")
@click.argument("which", type=click.Choice(["field", "checkpoint"]))
def rotate_key(which: str) -> None:
    """Put a new key before the old ones: the new writes, all read.  Restart the service afterwards."""
    from tourism_odr.operations import keys as keyring

    current = settings()
    path = current.field_keys_file if which == "field" else current.checkpoint_key_file
    keyring.rotate(path)
    click.echo(f"A new key leads {path}; restart, then `tourism-odr keys rewrap`, then take the old ones out.")


@keys.command("rewrap")
@as_json
def rewrap_keys(json_out: bool) -> None:
    """Move everybody to the newest field key; afterwards the older ones may leave the file."""
    from tourism_odr.db import unit_of_work
    from tourism_odr.people.persons import rewrap

    moved = 0
    with inside():
        while True:
            with unit_of_work():
                some = rewrap()
            if not some:
                break
            moved += some
    show({"moved": moved}, [f"{moved} people moved to the newest key."], json_out=json_out)


@main.command()
@click.option("--name", required=True, help="The person's name.")
@click.option("--email", required=True, help="Where the invitation goes.")
@as_json
def create_admin(name: str, email: str, json_out: bool) -> None:
    """Invite the first administrator: prints a link that lets one person choose a password and a second factor."""
    from tourism_odr.clock import now
    from tourism_odr.db import unit_of_work
    from tourism_odr.people.invitations import found_house
    from tourism_odr.people.refusal import RefusedError
    from tourism_odr.text import say

    try:
        with inside() as app, unit_of_work():
            secret = found_house(name, email, at=now())
    except RefusedError as refused:
        raise Refused(say(refused.message, "en")) from None
    link = f"{app.extensions['odr_settings'].base_url}/zh-Hans/invitation/{secret}"
    show({"link": link}, ["Open this once, from a safe place:", link], json_out=json_out)


@main.command()
@click.argument("target", type=click.Path(file_okay=False, path_type=Path))
@as_json
def backup(target: Path, json_out: bool) -> None:
    """Copy database and files into the folder TARGET, with a manifest of digests.  Keys are not in it."""
    from tourism_odr.clock import now
    from tourism_odr.operations import backup as backups
    from tourism_odr.operations import migrations
    from tourism_odr.operations.manifest import BackupError

    current = settings()
    with inside(current):
        migration = migrations.current()
    try:
        manifest = backups.back_up(current, target, migration=migration, at=now())
    except BackupError as wrong:
        raise Refused(str(wrong)) from None
    show(manifest, [f"Backed up {len(manifest.files)} files to {target}."], json_out=json_out)


@main.command()
@click.argument("source", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--check", "only_check", is_flag=True, help="Prove the backup in a scratch place; change nothing.")
@as_json
def restore(source: Path, only_check: bool, json_out: bool) -> None:
    """Bring the backup in SOURCE into an empty database and data folder."""
    from tourism_odr.operations import backup as backups
    from tourism_odr.operations.manifest import BackupError

    current = settings()
    try:
        if only_check:
            wrong = backups.check(current, source, broken).wrong
        else:
            backups.restore(current, source)
            wrong = broken(current)
    except BackupError as refused:
        raise Refused(str(refused)) from None
    good = "The backup can be restored." if only_check else "Restored, and the ledger is whole."
    show({"ok": not wrong, "wrong": wrong}, wrong or [good], json_out=json_out)
    if wrong:
        sys.exit(1)


@main.group()
def rulebooks() -> None:
    """The law as data: what it says, how surely, and what a change of it would do."""


@rulebooks.command("check")
@click.option("--data-only", is_flag=True, help="Look at the data alone, at no database.")
@as_json
def check_rulebooks(data_only: bool, json_out: bool) -> None:
    """Read every rulebook; show each rule with source, article and grade, and the open cases that rest on it."""
    from tourism_odr.operations import rulebooks as books
    from tourism_odr.rulebooks import BadRulebook

    try:
        if data_only:
            rules = books.every_line(None)
        else:
            from tourism_odr.db import db

            with inside():
                rules = books.every_line(db.session())
        known = books.known_calendars()
    except BadRulebook as wrong:
        show({"ok": False, "wrong": [str(wrong)]}, [str(wrong)], json_out=json_out)
        sys.exit(1)
    lines = [books.in_a_line(rule) for rule in rules] + [books.of_a_calendar(*one) for one in known.items()]
    show({"ok": True, "wrong": [], "rules": rules, "calendars": known}, lines, json_out=json_out)


@rulebooks.command("rehearse")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), required=True, help="First day.")
@click.option("--to", "last", type=click.DateTime(["%Y-%m-%d"]), required=True, help="Last day.")
@as_json
def rehearse_rulebook(file: Path, first: "datetime", last: "datetime", json_out: bool) -> None:
    """Run the changed rulebook FILE over every deadline started in a period; change nothing."""
    from tourism_odr.db import db
    from tourism_odr.operations import rulebooks as books
    from tourism_odr.rulebooks import BadRulebook

    try:
        changed = books.changed_shelf(file)
    except BadRulebook as wrong:
        raise Refused(str(wrong)) from None
    with inside():
        found = list(books.rehearse(db.session(), changed, first.date(), last.date()))
    lines = [f"{one.case} {one.clock}: {one.was} -> {one.would_be}; {one.effect}" for one in found]
    show({"differences": found}, lines or ["Nothing would have been otherwise."], json_out=json_out)


@main.command()
@click.option("--on", "on", metavar="YYYY-MM-DD", help="The day that the demo's dates run up to; today by default.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed gives the same demo.")
@click.option("--cases", type=int, help="Repeat the published disputes with variations up to this many.")
@click.option("--port", type=int, default=8000, show_default=True, envvar="PORT", help="Port on 127.0.0.1.")
@click.option("--fresh", is_flag=True, help="Throw the old demo away first.")
@click.option("--load-only", is_flag=True, help="Load the data and end, without starting anything.")
def demo(on: str | None, seed: int, cases: int | None, port: int, fresh: bool, load_only: bool) -> None:
    """Load fictional people and real disputes, then run the web server and the jobs until told to stop."""
    from tourism_odr import showing

    try:
        prepared = showing.prepare(os.environ, port=port, fresh=fresh)
        showing.load(application(prepared.settings), prepared, on=on, seed=seed, cases=cases)
    except ConfigError as wrong:
        raise Refused(str(wrong)) from None
    if not load_only:
        sys.exit(showing.run(prepared))


if __name__ == "__main__":
    main()
