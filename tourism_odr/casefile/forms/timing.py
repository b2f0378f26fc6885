"""What people fill in about the time of a case."""

from datetime import date
from uuid import UUID

from tourism_odr.casefile.commands.timing import AskForTime, BeginPause, EndPause
from tourism_odr.cases.items import StoredFile, Words
from tourism_odr.text import N_
from tourism_odr.web.codes import CodePart
from tourism_odr.web.forms import DayField, Form, Needed, Radios, TextAreaField, Uploads, WholeNumber, Within

WORDS_MOST = 1000


class BeginPauseForm(Form):
    """From which day the time stands still, for what, and the paper that shows it."""

    about = Radios(N_("Which time stands still?"), missing=N_("Select which time stands still."))
    reason = Radios(N_("For what?"), missing=N_("Select for what the time stands still."))
    what = TextAreaField(N_("What is examined, and by whom"), [Needed(N_("Say what is examined, and by whom.")), Within(WORDS_MOST)])
    first = DayField(N_("First day that does not count"), [Needed(N_("Enter the first day that does not count."))])
    papers = Uploads(N_("The paper that shows it"))

    def command(self, case_id: UUID, kept: list[StoredFile], language: str) -> BeginPause:
        """Begin it."""
        first, words = self.first.data or date.max, Words(self.what.data, language)
        return BeginPause(case_id, UUID(self.about.data), self.reason.data, first, words, tuple(kept))


class EndPauseForm(Form):
    """Until which day the time stood still."""

    last = DayField(N_("Last day that does not count"), [Needed(N_("Enter the last day that does not count."))])
    papers = Uploads(N_("The paper that shows it"))

    def command(self, case_id: UUID, pause_id: UUID, kept: list[StoredFile]) -> EndPause:
        """End it."""
        return EndPause(case_id, pause_id, self.seen_version, self.last.data or date.max, tuple(kept))


class UndoPauseForm(Form):
    """Begun by mistake."""


class MoreTimeForm(CodePart):
    """By how much one time limit is to become longer, and why."""

    clock = Radios(N_("Which time limit?"), missing=N_("Select which time limit is to become longer."))
    count = WholeNumber(N_("How much longer?"), [Needed(N_("Enter how much longer."))])
    why = TextAreaField(N_("Why is more time needed?"), [Needed(N_("Say why more time is needed.")), Within(WORDS_MOST)])

    def command(self, case_id: UUID, language: str) -> AskForTime:
        """Ask for it."""
        words = Words(self.why.data, language)
        return AskForTime(case_id, UUID(self.clock.data), self.count.data or 0, words, code_checked=True)


class AnswerForm(CodePart):
    """A party's own answer; who came by link proves with a code that it is them."""
