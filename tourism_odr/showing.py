"""The demo as a whole: a database of its own, filled once, then the web server and the jobs side by side."""

import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import click
from flask import Flask

from tourism_odr.clock import local_day, now
from tourism_odr.config import ConfigError, Settings
from tourism_odr.db import db
from tourism_odr.operations import keys, migrations
from tourism_odr.operations.processes import Together

LOADED = "demo-is-loaded"


@dataclass(frozen=True)
class Demo:
    """The settings of the demo, and the same as variables for its processes."""

    settings: Settings
    environ: dict[str, str]

    @property
    def mark(self) -> Path:
        """Written when the data is whole; without it the next start begins anew."""
        return self.settings.data_dir / LOADED


def prepare(environ: Mapping[str, str], *, port: int, fresh: bool) -> Demo:
    """A folder with keys; an old demo is kept when it was loaded whole and nobody asked for a new one."""
    folder = Path(environ.get("ODR_DATA_DIR", "var/demo")).absolute()
    if folder.exists() and (fresh or not (folder / LOADED).exists()):
        _clear(folder)
    keys.make(folder / "keys")
    ours = {"ODR_DEMO": "1", "ODR_DATA_DIR": str(folder), "ODR_BASE_URL": f"http://127.0.0.1:{port}"}
    whole = {"ODR_LOG_LEVEL": "warning", **environ, **ours}
    return Demo(Settings.from_environment(whole), whole)


def _clear(folder: Path) -> None:
    """Only a folder that a demo made is ever thrown away."""
    if any(folder.iterdir()) and not (folder / "keys").is_dir():
        raise ConfigError(f"ODR_DATA_DIR: {folder} holds something else than a demo; it is left alone.")
    shutil.rmtree(folder)


def load(app: Flask, demo: Demo, *, on: str | None, seed: int, cases: int | None) -> None:
    """Migrate, and fill an empty demo."""
    with app.app_context():
        migrations.upgrade()
        if not demo.mark.exists():
            _fill(_day(on), seed, cases)
            demo.mark.touch()
        db.session.remove()
        db.engine.dispose()


def _day(on: str | None) -> date:
    try:
        return date.fromisoformat(on) if on else local_day(now())
    except ValueError:
        raise ConfigError(f"--on: {on!r} is not a day such as 2026-11-23.") from None


def _fill(on: date, seed: int, cases: int | None) -> None:
    if find_spec("tourism_odr.demo") is None:
        click.echo("This release carries no demo data; the service starts empty.", err=True)
        return
    click.echo(f"Loading the demo up to {on}; this is done once ...")
    import_module("tourism_odr.demo").load(on=on, seed=seed, cases=cases)


def run(demo: Demo) -> int:
    """The web server and the jobs as children; both end with us."""
    program = [sys.executable, "-m", "tourism_odr.cli"]
    together = Together([[*program, "serve"], [*program, "jobs", "run"]], demo.environ)
    return together.run(demo.settings.base_url + "/healthz", lambda: _announce(demo))


def _announce(demo: Demo) -> None:
    click.echo(f"\n  {demo.settings.base_url}   (Ctrl-C stops it)\n")
    if find_spec("tourism_odr.demo") is not None:
        for line in import_module("tourism_odr.demo").people_to_show():
            click.echo(f"  {line}")
    click.echo("")
