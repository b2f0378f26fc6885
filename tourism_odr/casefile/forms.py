"""What people fill in on the page of a case."""

from uuid import UUID

from tourism_odr.casefile.commands import AddEvidence, WriteLetter
from tourism_odr.cases.items import StoredFile, Words
from tourism_odr.text import N_
from tourism_odr.web.forms import Form, Needed, Radios, TextAreaField, Uploads, Within

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
