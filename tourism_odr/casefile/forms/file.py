"""What people fill in on the page of a case, and officers on that of its archive volume."""

from datetime import date
from uuid import UUID

from tourism_odr.casefile.commands.file import AddEvidence, FileVolume, LendVolume, WriteLetter
from tourism_odr.cases.items import StoredFile, Words
from tourism_odr.cases.papers.volume import PARTS
from tourism_odr.clock import local_day, now
from tourism_odr.text import N_
from tourism_odr.web.forms import (
    DayField,
    Form,
    Needed,
    Radios,
    StringField,
    TextAreaField,
    Tick,
    Uploads,
    Within,
    choice,
)

LETTER_MOST = 4000
PURPOSE_MOST = 500


class LetterForm(Form):
    """A message, and who reads it."""

    to = Radios(N_("Who should read this?"), missing=N_("Select who should read this."))
    message = TextAreaField(N_("Your message"), [Needed(N_("Write your message.")), Within(LETTER_MOST)])

    def command(self, case_id: UUID, language: str) -> WriteLetter:
        """Write this."""
        return WriteLetter(case_id, UUID(self.to.data), Words(self.message.data, language))


class EvidenceForm(Form):
    """Files, and what they are to show."""

    files = Uploads(N_("Choose photos or papers"))
    purpose = TextAreaField(N_("What do these files show?"), [Within(PURPOSE_MOST)])

    def command(self, case_id: UUID, kept: list[StoredFile], language: str) -> AddEvidence:
        """Add these."""
        return AddEvidence(case_id, tuple(kept), Words(self.purpose.data or "", language))


class PlainForm(Form):
    """A click, and nothing to fill in."""


class FileVolumeForm(Form):
    """That the volume was looked through, and why something is missing."""

    remark = TextAreaField(N_("Remark on what is missing"), [Within(PURPOSE_MOST)])
    checked = Tick(
        N_("I have looked through the volume and file it under my name"), [Needed(N_("Tick the statement to file it."))]
    )

    def command(self, volume_id: UUID) -> FileVolume:
        """File this volume."""
        return FileVolume(volume_id, self.seen_version, self.remark.data or "")


class LendForm(Form):
    """Who borrows the volume."""

    borrower = StringField(N_("Who borrows it, and of which organisation"), [Needed(N_("Enter who borrows it.")), Within(200)])
    purpose = TextAreaField(N_("What for"), [Needed(N_("Write what for.")), Within(PURPOSE_MOST)])
    part = Radios(N_("Which part?"), [choice(code, title) for code, title in PARTS.items()], missing=N_("Select the part."))
    until = DayField(N_("To be given back by"), [Needed(N_("Enter the day."))])

    def command(self, volume_id: UUID) -> LendVolume:
        """Lend it."""
        until: date = self.until.data or local_day(now())  # the field is needed: the form has refused nothing
        return LendVolume(volume_id, self.seen_version, self.borrower.data, self.purpose.data, self.part.data, until)
