"""Which language somebody wrote in, guessed from the script, for the ``lang`` of what others read."""

import re

SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh-Hans", re.compile(r"[\u4e00-\u9fff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
)


def language_of(text: str, locale: str) -> str:
    """The language of the first script that gives it away; Latin letters are the writer's own, or English."""
    for language, script in SCRIPTS:
        if script.search(text):
            return language
    return "en" if locale.startswith("zh") else locale
