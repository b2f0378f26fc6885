"""Fixtures for all tests: an application on a fresh database, a checked client, a server, a browser."""

import os
import socket
import threading
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import event
from werkzeug.serving import WSGIRequestHandler, make_server

from tests import machine
from tests.databases import KIND, Databases, PostgreSQLDatabases, SQLiteDatabases, postgresql_server
from tests.pages import PageClient
from tourism_odr.app import create_app
from tourism_odr.config import Settings
from tourism_odr.db import db
from tourism_odr.operations import keys, migrations

CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
JOURNEYS: Counter[str] = Counter()


@pytest.fixture(scope="session")
def run_id(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> str:
    """One name for this run, the same in all workers."""
    base = tmp_path_factory.getbasetemp()
    run = base if worker_id == "master" else base.parent
    return f"{os.getuid()}-{run.name}-{run.stat().st_ino}"


@pytest.fixture(scope="session")
def keys_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keys as `tourism-odr keys make` writes them, made once."""
    folder = tmp_path_factory.mktemp("keys")
    keys.make(folder)
    return folder


@pytest.fixture(scope="session")
def databases(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, keys_dir: Path, worker_id: str
) -> Iterator[Databases]:
    """Copies of one migrated database, on the kind that ODR_TEST_DATABASE names."""
    if KIND == "postgresql":
        with postgresql_server(request.getfixturevalue("run_id")) as server:
            yield _migrated(PostgreSQLDatabases(server, f"template_{worker_id}"), keys_dir)
    else:
        yield _migrated(SQLiteDatabases(tmp_path_factory.mktemp("databases")), keys_dir)


def _migrated(databases: Databases, keys_dir: Path) -> Databases:
    app = create_app(settings_for(databases.template, keys_dir, keys_dir, 1))
    with app.app_context():
        migrations.upgrade()
        db.engine.dispose()
    databases.seal()
    return databases


def settings_for(address: str, folder: Path, keys_dir: Path, port: int, **more: str) -> Settings:
    """Settings as an operator would give them; ``more`` are further variables without their prefix."""
    environ = environment_for(address, folder, keys_dir, port)
    return Settings.from_environment(environ | {f"ODR_{name.upper()}": value for name, value in more.items()})


def environment_for(address: str, folder: Path, keys_dir: Path, port: int) -> dict[str, str]:
    """The variables of such settings, for a process of its own."""
    return {
        "ODR_DATABASE_URL": address,
        "ODR_DATA_DIR": str(folder),
        "ODR_BASE_URL": f"http://127.0.0.1:{port}",
        "ODR_SECRET_KEY_FILE": str(keys_dir / "secret.key"),
        "ODR_FIELD_KEYS_FILE": str(keys_dir / "field.keys"),
        "ODR_SEAL_KEY_FILE": str(keys_dir / "seal.pem"),
        "ODR_CHECKPOINT_KEY_FILE": str(keys_dir / "checkpoint.pem"),
        "ODR_MAIL_FROM": "service@odr.example",
        "ODR_LOG_LEVEL": "warning",
    }


@pytest.fixture
def database_url(databases: Databases) -> Iterator[str]:
    """The address of a database of this test's own, migrated and empty."""
    with databases.fresh() as address:
        yield address


@pytest.fixture
def settings(database_url: str, tmp_path: Path, keys_dir: Path) -> Settings:
    """Settings of a service on a port of its own; a test that needs others overrides this fixture."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return settings_for(database_url, tmp_path, keys_dir, port)


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> FileSystemBytecodeCache:
    """Templates compiled once a run: every test has an application of its own, and all have the same templates."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def built(settings: Settings, compiled: FileSystemBytecodeCache) -> Iterator[Flask]:
    """The application, with no context open: what a server or a second thread needs."""
    app = create_app(settings)
    app.jinja_env.bytecode_cache = compiled
    app.test_client_class = PageClient
    yield app
    _end_streams(app)
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def _end_streams(app: Flask) -> None:
    """Let the reader of live pages give its connection back before the pool is thrown away."""
    hub = app.extensions["odr_hub"]
    for subscriber in list(hub.subscribers):
        hub.leave(subscriber)
    hub.wake.set()
    if reader := hub.reader:
        reader.join(5)


@pytest.fixture
def app(built: Flask) -> Iterator[Flask]:
    """The application inside a context, so that a test may call commands and read rows."""
    with built.app_context():
        yield built
        db.session.remove()


@pytest.fixture
def client(built: Flask) -> PageClient:
    """A visitor without JavaScript; every page that it fetches is checked."""
    client = built.test_client()
    assert isinstance(client, PageClient)
    return client


@pytest.fixture
def new_client(built: Flask) -> Callable[[], PageClient]:
    """More visitors, each with cookies of their own."""
    return lambda: built.test_client()  # type: ignore[return-value]  # the class is set on ``built``


@pytest.fixture
def statements(built: Flask) -> Iterator[list[str]]:
    """Every SQL statement from now on, for tests of how many a page needs."""
    seen: list[str] = []
    with built.app_context():
        engine = db.engine

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine, "before_cursor_execute", note)


class QuietHandler(WSGIRequestHandler):
    """A test's server keeps its access log to itself."""

    def log(self, type: str, message: str, *args: Any) -> None:
        """Nothing: failures show in the test."""


@pytest.fixture
def server(built: Flask, settings: Settings) -> Iterator[str]:
    """The address of the application, served on loopback for a browser."""
    port = int(settings.base_url.rsplit(":", 1)[1])
    running = make_server("127.0.0.1", port, built, threaded=True, request_handler=QuietHandler)
    thread = threading.Thread(target=running.serve_forever, name="test-server", daemon=True)
    thread.start()
    yield settings.base_url
    running.shutdown()
    running.server_close()
    thread.join(10)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser of this worker, started once."""
    playwright = machine.need("playwright.sync_api", "the package playwright")
    if not machine.CHROMIUM.exists():
        machine.lacks("Debian's package chromium")
    with playwright.sync_playwright() as driver:
        launched = driver.chromium.launch(executable_path=str(machine.CHROMIUM), args=list(CHROMIUM_FLAGS))
        yield launched
        launched.close()


@pytest.fixture
def new_browser(chromium: Any, server: str) -> Iterator[Callable[..., Any]]:
    """A person's own browser: ``new_browser(locale="en-GB", width=390)`` gives a context on the server."""
    contexts: list[Any] = []

    def open_one(locale: str = "zh-CN", width: int = 1280, **more: Any) -> Any:
        viewport = {"width": width, "height": 844 if width < 600 else 900}
        contexts.append(chromium.new_context(base_url=server, locale=locale, viewport=viewport, **more))
        return contexts[-1]

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def browser(new_browser: Callable[..., Any]) -> Any:
    """One page in a browser of its own, at desktop width, in Chinese."""
    return new_browser().new_page()


@pytest.fixture(scope="session")
def artefacts() -> Path:
    """Where pictures of journeys are kept."""
    folder = Path("artefacts")
    folder.mkdir(exist_ok=True)
    return folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that asks for a browser is marked, so that the runs on two databases need not repeat it."""
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    """Say with each report whether it was a journey, and in what; workers pass that on."""
    report: Any = yield
    if report.when == "call" and report.passed and "journeys" in Path(item.path).parts:
        how = "in Chromium" if item.get_closest_marker("browser") else "through pages"
        report.user_properties.append(("journey", f"{how} on {KIND}"))
    if report.skipped and machine.LACKING:
        report.user_properties.append(("lacking", ", ".join(sorted(machine.LACKING))))
    return report


LACKED: set[str] = set()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Count what the workers passed on."""
    for name, value in report.user_properties:
        if name == "journey":
            JOURNEYS[str(value)] += 1
        elif name == "lacking":
            LACKED.add(str(value))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """How many journeys ran on which database, and what the machine lacked; kept for the end of make test."""
    lines = [f"{count} journeys {how}" for how, count in sorted(JOURNEYS.items())]
    lines += [f"SKIPPED, because this machine lacks {what}" for what in sorted(LACKED)]
    for line in lines:
        terminalreporter.write_line(line, bold=True, yellow=line.startswith("SKIPPED"))
    kept = os.environ.get("ODR_TEST_SUMMARY")
    if kept and lines and not hasattr(terminalreporter.config, "workerinput"):
        with Path(kept).open("a", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)
