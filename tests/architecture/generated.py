"""Pages of docs/ that are written by the code; ``make docs`` writes them, a test compares."""

from tests.architecture.tree import ROOT
from tourism_odr.cases.lifecycle import diagram
from tourism_odr.figures import describing


def pages() -> dict[str, str]:
    """Path and content of every generated page."""
    return {"docs/lifecycle.md": diagram.document(), "docs/figures.md": describing.document()}


if __name__ == "__main__":
    for path, content in pages().items():
        (ROOT / path).write_text(content, "utf-8")
