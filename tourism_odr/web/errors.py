"""Pages for what goes wrong: kind, in the reader's language, with a way on."""

import logging
from dataclasses import dataclass

from flask import Flask, current_app, g, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, Unauthorized
from werkzeug.wrappers import Response

from tourism_odr.cases.errors import MovedOnError, NotYoursError, UnmetNeedError
from tourism_odr.cases.lifecycle import STEPS, TABLES, stage_title
from tourism_odr.people.refusal import RefusedError
from tourism_odr.text import N_
from tourism_odr.web.guard import moved_on
from tourism_odr.web.identity import to_sign_in
from tourism_odr.web.parts import Sentence

log = logging.getLogger(__name__)
Answer = Response | tuple[str, int]


@dataclass(frozen=True)
class Problem:
    """What happened, and what to do now."""

    title: Sentence
    happened: Sentence
    now: Sentence


START = N_("Go back to the page before, or start from the first page.")
PROBLEMS = {
    400: Problem(
        N_("We could not read that request"),
        N_("Something in the address or the form was not as expected."),
        START,
    ),
    404: Problem(
        N_("This page was not found"),
        N_("The address may be mistyped or out of date, or the page is not open to you."),
        N_("Check the address. If it came in a message from us, open the message again and use its link."),
    ),
    405: Problem(N_("This page was not found"), N_("The page exists, but not in this way."), START),
    413: Problem(
        N_("The files are too large together"),
        N_("What you sent is larger than we can take at once."),
        N_("Go back, choose fewer or smaller files, and send the rest afterwards."),
    ),
    429: Problem(
        N_("Too many tries"),
        N_("To protect people's cases we pause after several tries."),
        N_("Wait a few minutes, then try again. Nothing you saved is lost."),
    ),
    500: Problem(
        N_("Something went wrong on our side"),
        N_("The fault is ours. It has been written down for the people who run this service."),
        N_("Try again in a few minutes. What was saved before is still there."),
    ),
    503: Problem(
        N_("The service is busy at the moment"),
        N_("We could not save or read just now. Nothing was changed."),
        N_("Wait a minute, then go back and send again. Your browser still holds what you typed."),
    ),
}
CSRF = Problem(
    N_("Please send the form once more"),
    N_("Your session ended, or the page was open for a long time. Nothing was changed."),
    N_("Go back; what you typed is still in the form. Load the page again if it is refused a second time."),
)


def page(problem: Problem, code: int) -> tuple[str, int]:
    """The error page; when people cannot be looked up, it is drawn without them."""
    return render_template("errors/problem.html", problem=problem, code=code), code


def _http(error: HTTPException) -> Answer | HTTPException:
    if error.response is not None or error.code is None or error.code < 400:
        return error
    if error.code == 409:
        return moved_on()
    return page(PROBLEMS.get(error.code, PROBLEMS[400 if error.code < 500 else 500]), error.code)


def _sign_in(_error: Unauthorized) -> Answer:
    policy = getattr(current_app.view_functions.get(request.endpoint or ""), "policy", None)
    if policy is not None and not policy.page:
        return Response(status=401, mimetype="text/plain")
    return to_sign_in()


def _csrf(_error: CSRFError) -> Answer:
    return page(CSRF, 400)


def _moved_on(error: MovedOnError) -> Answer:
    kind = STEPS[error.step].kind
    return moved_on(stage_title(kind, error.stage) if error.stage in TABLES[kind].stages else "")


def _not_yours(_error: NotYoursError) -> Answer:
    return page(PROBLEMS[404], 404)


def _unmet(error: UnmetNeedError | RefusedError) -> Answer:
    """A view shows the reason in its form; one that did not still says it."""
    return page(Problem(N_("This cannot be done yet"), error.message, START), 409)


def _database(error: OperationalError) -> Answer:
    log.error("database refused", exc_info=error)
    g.without_people = True
    return page(PROBLEMS[503], 503)


def _bug(error: Exception) -> Answer:
    log.error("page failed", exc_info=error)
    g.without_people = True
    return page(PROBLEMS[500], 500)


def init_app(app: Flask) -> None:
    """One handler for each kind of trouble; tests and debug mode still see a bug as a bug."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Unauthorized, _sign_in)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(MovedOnError, _moved_on)
    app.register_error_handler(NotYoursError, _not_yours)
    app.register_error_handler(UnmetNeedError, _unmet)
    app.register_error_handler(RefusedError, _unmet)
    app.register_error_handler(OperationalError, _database)
    app.register_error_handler(500, _bug)
