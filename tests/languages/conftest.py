"""The demo, served, and a browser that looks at each of its pages."""

import os
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.serving import make_server

from tests.conftest import QuietHandler, settings_for
from tests.databases import Databases
from tests.languages import more_cases
from tests.languages.looking import Looker
from tests.languages.visits import Crawler, Visit
from tourism_odr import demo
from tourism_odr.app import create_app
from tourism_odr.clock import local_day, now
from tourism_odr.db import db
from tourism_odr.web import stream

WHOLE = os.environ.get("ODR_TEST_PROOFS") == "whole"


@pytest.fixture(scope="module")
def filled(databases: Databases, keys_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An application on the whole demo, loaded once, served on loopback."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with databases.fresh() as address, pytest.MonkeyPatch.context() as patch:
        patch.setattr(stream, "PULSE", 0.2)  # a page that was left is noticed at once: nobody turns pages so fast
        app = create_app(settings_for(address, tmp_path_factory.mktemp("pages"), keys_dir, port, demo="1"))
        elsewhere(_fill, app)
        running = make_server("127.0.0.1", port, app, threaded=True, request_handler=QuietHandler)
        thread = threading.Thread(target=running.serve_forever, name="pages-server", daemon=True)
        thread.start()
        yield app
        running.shutdown()
        running.server_close()
        thread.join(10)
        with app.app_context():
            db.engine.dispose()


@pytest.fixture(scope="module")
def crawler(filled: Flask) -> Crawler:
    """Who has looked for a way to every page."""
    return Crawler(filled)


@pytest.fixture(scope="module")
def visits(crawler: Crawler) -> list[Visit]:
    """Somebody of each role at every page that they see; public pages as everybody only where proofs run whole."""
    return elsewhere(lambda: crawler.visits(everywhere=WHOLE))


def elsewhere(does: Callable[..., Any], *given: Any) -> Any:
    """Done in a thread of its own: the browser's driver may hold this one's event loop, which sealing needs."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(does, *given).result()


def _fill(app: Flask) -> None:
    with app.app_context():
        demo.load(local_day(now()))
        more_cases.add()
        db.session.remove()


@pytest.fixture
def look(chromium: Any, filled: Flask) -> Iterator[Callable[..., Looker]]:
    """Opens a browser that can be anybody: ``look(width=1280)``."""
    lookers: list[Looker] = []

    def opened(width: int = 1280) -> Looker:
        lookers.append(Looker(chromium, filled.extensions["odr_settings"].base_url, width))
        return lookers[-1]

    yield opened
    for one in lookers:
        one.close()
