"""What papers of a suit and of a court are made of."""

from typing import TypedDict

from tourism_odr.documents.schemas import Count, Document, Party, Text


class Line(TypedDict):
    """A labelled line of a court's paper."""

    label: Text
    value: Text


class Section(TypedDict):
    """A heading of a court's paper with its paragraphs."""

    title: Text
    paragraphs: list[Text]


class CourtPaper(Document):
    """What a court issues: its heading, the sides, the cause, and its sections in their order.

    ``own_number``: the number that the court itself gave; empty where one is drawn from its series.
    """

    parties: list[Party]
    cause: str
    own_number: str
    lines: list[Line]
    sections: list[Section]
    counts: list[Count]


class EvidenceRow(TypedDict):
    """One line of an evidence list."""

    name: str
    source: str
    purpose: str
    content: str
    copies: str
    digest: str


class SuitPaper(CourtPaper):
    """What a plaintiff submits to a court.  ``sealed``: personal data under the key of ``person``, opened for the file alone."""

    court: str
    rows: list[EvidenceRow]
    sealed: str
    person: str
