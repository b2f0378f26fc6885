"""What every answer says to the browser: nothing from elsewhere, no frames, no traces."""

from flask import Flask, Response, current_app, request

POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), payment=(), usb=(), interest-cohort=()",
}
HALF_A_YEAR = 180 * 24 * 3600
FOREVER = "public, max-age=31536000, immutable"


def _secure(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", POLICY)
    for name, value in ALWAYS.items():
        response.headers.setdefault(name, value)
    if current_app.config["SESSION_COOKIE_SECURE"]:
        response.headers.setdefault("Strict-Transport-Security", f"max-age={HALF_A_YEAR}")
    if request.endpoint == "static":
        response.headers["Cache-Control"] = FOREVER if "v" in request.args else "public, max-age=3600"
    else:
        response.headers.setdefault("Cache-Control", "no-store")
    return response


def init_app(app: Flask) -> None:
    """Also on error pages: after_request runs for them too."""
    app.after_request(_secure)
