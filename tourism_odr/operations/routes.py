"""For the machine that watches: is the process alive, and can it work?  Neither page tells a stranger why not."""

from collections.abc import Iterable

from flask import Blueprint, Flask, abort, current_app, request

from tourism_odr.clock import now
from tourism_odr.operations import health
from tourism_odr.web.policy import public

bp = Blueprint("operations", __name__)

Answer = tuple[dict[str, object], int, dict[str, str]]
FRESH = {"Cache-Control": "no-store"}
LOOPBACK = ("127.0.0.1", "::1")


@bp.get("/healthz")
@public
def alive() -> Answer:
    """This process answers; nothing else is asked."""
    return {"ok": True}, 200, FRESH


@bp.get("/readyz")
@public
def ready() -> Answer:
    """Everything that the service stands on answers; which part does not is named, the reason is in the log."""
    settings = current_app.extensions["odr_settings"]
    checks = health.look(settings, current_app.extensions.get("odr_probes", ()))
    for check in checks:
        if not check.ok:
            current_app.logger.error("%s: %s", check.name, check.detail)
    good = all(check.ok for check in checks)
    return {"ok": good, "checks": {check.name: check.ok for check in checks}}, 200 if good else 503, FRESH


@bp.get("/metrics")
@public
def metrics() -> tuple[str, int, dict[str, str]]:
    """Counts and lateness of deadlines and of the outbox, for a machine on this host; to others there is no such page."""
    if request.remote_addr not in LOOPBACK:
        abort(404)
    return health.metrics(now()), 200, FRESH | {"Content-Type": "text/plain; version=0.0.4; charset=utf-8"}


def init_app(app: Flask, probes: Iterable[health.Probe] = ()) -> None:
    """The three pages, with the probes of parts that this one does not know."""
    app.extensions["odr_probes"] = tuple(probes)
    app.register_blueprint(bp)
