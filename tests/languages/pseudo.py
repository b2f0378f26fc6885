"""A language that nobody speaks: every sentence of the catalogue between brackets, so that what is not shows."""

import pytest
from babel.support import NullTranslations

from tourism_odr import text
from tourism_odr.web import locale

OPEN, CLOSE = "⟦", "⟧"
RIGHT_TO_LEFT = "ar"  # dates and numbers come in its own script, so that Latin letters outside brackets are ours

OUTSIDE_THE_BRACKETS = """() => {
  const others = "script, style, svg text, pre, code, textarea, [translate=no], [lang]:not(html), [dir=auto], .user-text, .num";
  const found = [];
  let depth = 0;
  const read = (words, where) => {
    let bare = "";
    for (const sign of words) {
      if (sign === "⟦") depth++; else if (sign === "⟧") depth--; else if (depth <= 0) bare += sign; }
    if (/[A-Za-z]{3,}/.test(bare)) found.push(where + ": " + bare.trim().slice(0, 80)); };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (depth > 0 || !node.parentElement.closest(others))
      read(node.data, node.parentElement.tagName.toLowerCase() + "." + node.parentElement.className);
  for (const name of ["aria-label", "title", "alt", "placeholder"])
    for (const one of document.querySelectorAll(`[${name}]`)) {
      depth = 0;
      if (!one.closest("[lang]:not(html), [translate=no]")) read(one.getAttribute(name), `${one.tagName.toLowerCase()} ${name}`); }
  return [...new Set(found)];
}"""


class Bracketed(NullTranslations):
    """Each sentence is the English one, in brackets and a little longer, as translations are."""

    def gettext(self, message: str) -> str:
        """One sentence."""
        return f"{OPEN}{message} ··{CLOSE}"

    def ngettext(self, singular: str, plural: str, num: int) -> str:
        """One of two sentences."""
        return self.gettext(singular if num == 1 else plural)

    ugettext = gettext
    ungettext = ngettext


def spoken(monkeypatch: pytest.MonkeyPatch) -> str:
    """The service speaks it beside its own languages, under the name of one that runs from right to left."""
    real, brackets = text.catalogue, Bracketed()
    monkeypatch.setattr(text, "catalogue", lambda code: brackets if code == RIGHT_TO_LEFT else real(code))
    monkeypatch.setattr(locale, "LOCALES", (*text.LOCALES, RIGHT_TO_LEFT))
    return RIGHT_TO_LEFT
