"""The web server, in this process: gunicorn with threads, or with gevent for streams alone."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from gunicorn.app.base import BaseApplication

from tourism_odr.config import ConfigError, Settings

LOOPBACK = ("127.", "localhost:", "[::1]:")
REQUEST_SECONDS = 60
GRACE_SECONDS = 10
STREAMS_AT_ONCE = 2000


class Server(BaseApplication):
    """Gunicorn, told everything by us: no file of its own, no environment, no command line."""

    def __init__(self, make_app: Callable[[], Flask], options: dict[str, Any]) -> None:
        self.make_app = make_app
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        """Hand over the options one by one; gunicorn checks each."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """Once in each worker, after the fork: no connection is shared."""
        return self.make_app()


def serve(make_app: Callable[[], Flask], settings: Settings, bind: str, *, streams: bool) -> None:
    """Run until told to stop.  A demo signs anybody in, so it never listens beyond loopback."""
    if settings.demo and not bind.startswith(LOOPBACK):
        raise ConfigError(f"ODR_DEMO: a demo listens on loopback only, not on {bind}.")
    if streams and settings.on_sqlite:
        raise ConfigError("ODR_DATABASE_URL: a process for streams alone needs PostgreSQL.")
    Server(make_app, _options(settings, bind) | (_for_streams() if streams else {})).run()


def default_bind(settings: Settings) -> str:
    """Without a proxy (http on loopback) the address that the pages name; behind one, port 8000."""
    if settings.secure:
        return "127.0.0.1:8000"
    parts = urlsplit(settings.base_url)
    return f"127.0.0.1:{parts.port or 80}"


def _options(settings: Settings, bind: str) -> dict[str, Any]:
    return {
        "bind": bind,
        "workers": settings.workers,
        "worker_class": "gthread",
        "threads": settings.threads,
        "timeout": REQUEST_SECONDS,
        "graceful_timeout": GRACE_SECONDS,
        "keepalive": 5,
        "loglevel": settings.log_level,
        # the application believes the proxies that ODR_TRUSTED_PROXIES names; gunicorn believes nobody
        "forwarded_allow_ips": "",
        "proc_name": "tourism-odr",
        "control_socket_disable": True,  # nobody steers it from outside, and it would need a home folder
    }


def _for_streams() -> dict[str, Any]:
    """Thousands of idle streams in one process; the proxy sends only them here."""
    return {"worker_class": "gevent", "worker_connections": STREAMS_AT_ONCE, "threads": 1}
