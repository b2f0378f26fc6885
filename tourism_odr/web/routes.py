"""The few pages that belong to no slice: the bare address, the size of the text, the style guide."""

from flask import Blueprint, Flask, make_response, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from tourism_odr.config import Settings
from tourism_odr.web import styleguide
from tourism_odr.web.locale import A_YEAR, current_locale, preferred_locale, safe_next
from tourism_odr.web.parts import SIZE_COOKIE, SIZES
from tourism_odr.web.policy import public

bp = Blueprint("web", __name__)


@public
def bare() -> Response:
    """Nobody lives at the bare address: on to the reader's language."""
    return redirect(f"/{preferred_locale()}/", 302)


@bp.post("/text-size")
@public
def set_text_size() -> Response:
    """Remember how large the text should be, and go back to the page."""
    size = request.form.get("size", "")
    if size not in SIZES:
        raise NotFound
    answer = make_response(redirect(safe_next(request.form.get("next"), f"/{current_locale()}/"), 303))
    answer.set_cookie(
        SIZE_COOKIE, size, max_age=A_YEAR, httponly=True, samesite="Lax", secure=request.is_secure
    )
    return answer


@public
def style_guide() -> str:
    """Every part of a page once, to look at; only where nobody real is served."""
    form = styleguide.SampleForm(seen=3)
    form.submitted()
    return render_template(
        "parts/styleguide.html", form=form, sample=styleguide.SAMPLE, post=url_for("web.style_guide")
    )


def init_app(app: Flask) -> None:
    """The bare address; the style guide in a demo only."""
    app.add_url_rule("/", "bare", bare)
    settings: Settings = app.extensions["odr_settings"]
    if settings.demo:
        app.add_url_rule(
            "/<locale:locale>/styleguide", "web.style_guide", style_guide, methods=["GET", "POST"]
        )
