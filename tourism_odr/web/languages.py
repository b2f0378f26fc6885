"""Which language somebody probably wrote in: by the script alone, so that a page can mark the text for readers."""

import re

SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh-Hans", re.compile(r"[\u4e00-\u9fff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
)
ENOUGH = 0.2  # a place's name in another script does not change the language


def language_of(words: str, reader: str) -> str:
    """The language of ``words``; Latin letters are taken for the writer's own language, or for English."""
    letters = [letter for letter in words if letter.isalpha()]
    for language, script in SCRIPTS:
        if letters and sum(bool(script.match(letter)) for letter in letters) > ENOUGH * len(letters):
            return language
    return "en" if reader.startswith("zh") else reader
