"""Writing in a room, adding files, copying out of a private talk, ending the mediation."""

from collections.abc import Sequence
from uuid import UUID

from tourism_odr.cases.items import StoredFile, Words
from tourism_odr.mediation.commands.room import REASONS, AddFiles, CopyItem, EndMediation, Say
from tourism_odr.text import N_
from tourism_odr.web.forms import Form, Needed, Radios, TextAreaField, Tick, Uploads, Within, choice
from tourism_odr.web.languages import language_of

MOST = 4000


class TalkForm(Form):
    """Words for one place.  Its field bears the place's name, so what was typed for one is no answer in another."""

    once_only = True
    words = TextAreaField(N_("Message"), validators=[Needed(N_("Write something first.")), Within(MOST)])

    def __init__(self, place_id: UUID) -> None:
        super().__init__(prefix=f"to-{place_id.hex}-")

    def command(self, case_id: UUID, place_id: UUID, locale: str) -> Say:
        """What the person says, in the language that it seems to be in."""
        words = self.words.data or ""
        return Say(case_id, place_id, Words(words, language_of(words, locale)), self.once)


class FilesForm(Form):
    """Photos and papers for one place."""

    files = Uploads(N_("Add files"), validators=[Needed(N_("Choose a file first."))])

    def command(self, case_id: UUID, place_id: UUID, files: Sequence[StoredFile]) -> AddFiles:
        """The files that the store has kept."""
        return AddFiles(case_id, place_id, tuple(files))


class CopyForm(Form):
    """To whom, and that the writer has seen who will read it then."""

    place = Radios(N_("Where do you want to copy it to?"), missing=N_("Choose where it goes."))
    agree = Tick(N_("I have read who will be able to read it, and I want them to."),
                 validators=[Needed(N_("Tick to say that these people may read it."))])

    def command(self, case_id: UUID, item_id: UUID) -> CopyItem:
        """Copy to the chosen place."""
        return CopyItem(case_id, item_id, UUID(self.place.data))


class EndForm(Form):
    """Why mediation ends, as a code, with words that both sides will read."""

    reason = Radios(N_("Why does mediation end?"), [choice(code, title) for code, title in REASONS.items()],
                    missing=N_("Choose a reason."))
    words = TextAreaField(N_("What both sides should know"), validators=[Within(MOST)])
    agree = Tick(N_("I have told both sides that I am ending the mediation."),
                 validators=[Needed(N_("Tick to say that you have told both sides."))])

    def command(self, case_id: UUID, respondent_id: UUID, locale: str) -> EndMediation:
        """End it with this respondent."""
        typed = self.words.data or ""
        words = Words(typed, language_of(typed, locale)) if typed else None
        return EndMediation(case_id, respondent_id, self.seen_version, self.reason.data, words)
