"""A notice in words: templates, in the recipient's language, from the parameters that the step froze.

No Flask here: sentences come from the catalogues directly.  Secrets stand in the text as marks, so that
what is kept can be shown to anybody who may read the notice; the sender puts them in on the way out.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from tourism_odr.cases.lifecycle import STEPS
from tourism_odr.people.mailing import PREFIX
from tourism_odr.rulebooks import explain
from tourism_odr.text import format_day, say

# Notices that no step sends, each with its folder under templates/notices/_other/.
OTHER = ("calendar", "case-link", "code", "deadline", "draft-code", "invitation", "pending-lost")


def mark(name: str) -> str:
    """What stands for a secret in the kept text."""
    return f"••{name}••"


def in_words(template: str, locale: str, params: Mapping[str, Any], base_url: str) -> tuple[str, str]:
    """Subject and body of the notice; secrets as marks."""
    values = _values(locale, params, base_url)
    subject, body = (
        _environment().get_template(f"{template}/{part}.txt").render(values) for part in ("subject", "body")
    )
    return " ".join(subject.split()), _tidy(body)


def with_secrets(text: str, secrets: Mapping[str, str]) -> str:
    """The text as it travels."""
    for name, secret in secrets.items():
        text = text.replace(mark(name), secret)
    return text


def sealed_names(params: Mapping[str, Any]) -> dict[str, str]:
    """The secrets that wait closed in the parameters: name -> sealed."""
    return {key.removeprefix(PREFIX): str(value) for key, value in params.items() if key.startswith(PREFIX)}


def as_html(text: str, locale: str) -> str:
    """The same text for programs that show HTML: paragraphs and links, nothing else."""
    paragraphs = Markup("\n").join(_paragraph(block) for block in text.split("\n\n") if block.strip())
    return str(
        Markup('<!doctype html>\n<html lang="{}"><meta charset="utf-8"><body>\n{}\n</body></html>\n').format(
            locale, paragraphs
        )
    )


def _paragraph(block: str) -> Markup:
    return Markup("<p>{}</p>").format(
        Markup("<br>\n").join(_line(line) for line in block.strip().split("\n"))
    )


def _line(line: str) -> Markup:
    return Markup(" ").join(
        Markup('<a href="{0}">{0}</a>').format(word)
        if word.startswith(("https://", "http://"))
        else escape(word)
        for word in line.split(" ")
    )


def _values(locale: str, params: Mapping[str, Any], base_url: str) -> dict[str, Any]:
    start = f"{base_url}/{locale}"
    case, name = params.get("case"), str(params.get("step", ""))
    days = {key.replace("-", "_"): _day(value, locale) for key, value in dict(params.get("days", {})).items()}
    step = say(STEPS[name].title, locale) if name in STEPS else ""
    return {
        "_": lambda message, **values: say(message, locale, **values),
        "number": params.get("number", ""),
        "days": days,
        "day": _day(params["day"], locale) if params.get("day") else "",
        "step": step,
        "moved": [
            {"title": say(title, locale), "old": _day(old, locale), "new": _day(new, locale)}
            for title, old, new in params.get("moved", ())
        ],
        "counts": [
            {"day": _day(told["result_day"], locale), "lines": explain(told, locale)}
            for told in params.get("counts", ())
        ],
        "deadline": say(str(params["title"]), locale) if params.get("title") else "",
        "case_url": f"{start}/cases/{case}" if case else start,
        "sign_in_url": f"{start}/sign-in",
        "code": mark("code"),
        "link_url": f"{start}/l/{mark('link')}",
        "invitation_url": f"{start}/invitation/{mark('secret')}",
    }


def _day(value: str, locale: str) -> str:
    return format_day(date.fromisoformat(value), locale)


def _tidy(body: str) -> str:
    """Conditions leave holes: never more than one empty line, none at the ends."""
    lines: list[str] = []
    for line in (each.strip() for each in body.splitlines()):
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).strip() + "\n"


@cache
def _environment() -> Environment:
    folder = files("tourism_odr.templates").joinpath("base.html")
    root = str(folder).removesuffix("/base.html") + "/notices"
    return Environment(
        loader=FileSystemLoader(root),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # noqa: S701 - plain text; what is made from it for HTML escapes everything
    )
