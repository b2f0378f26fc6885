"""A client's address is believed only from a proxy that the operator named."""

from collections.abc import Callable, Iterable
from ipaddress import ip_address
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from tourism_odr.config import Network, Settings

Wsgi = Callable[..., Iterable[bytes]]


class TrustedProxies:
    """``X-Forwarded-For`` and ``-Proto`` count when the peer is one of ours; from anybody else they are removed."""

    def __init__(self, plain: Wsgi, networks: tuple[Network, ...]) -> None:
        self.plain = plain
        self.behind_proxy = ProxyFix(plain, x_for=1, x_proto=1)
        self.networks = networks

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if self._ours(environ.get("REMOTE_ADDR", "")):
            return self.behind_proxy(environ, start_response)
        return self.plain(environ, start_response)

    def _ours(self, peer: str) -> bool:
        try:
            address = ip_address(peer)
        except ValueError:
            return False
        return any(address in network for network in self.networks)


def init_app(app: Flask) -> None:
    """Nothing is wrapped unless a proxy is named."""
    settings: Settings = app.extensions["odr_settings"]
    if settings.trusted_proxies:
        app.wsgi_app = TrustedProxies(app.wsgi_app, settings.trusted_proxies)  # type: ignore[method-assign]  # Flask's own way
