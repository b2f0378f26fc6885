"""Forms of mediation under a court: of the court, of the sides, of the mediator."""

from uuid import UUID

from tourism_odr.cases.models import Case, Subject
from tourism_odr.referral.commands import under_court as commands
from tourism_odr.referral.forms.bench import WORDS, suit
from tourism_odr.text import N_
from tourism_odr.web.codes import CodePart
from tourism_odr.web.forms import Form, Needed, Radios, TextAreaField, Within, choice


class AskForm(Form):
    """The court asks both sides."""


class HandOverForm(Form):
    """The court hands the case over."""

    words = TextAreaField(N_("Words for the mediator"), [Within(1000)])

    def command(self, case: Case, subject: Subject) -> commands.HandOver:
        """Entrust or delegate."""
        return commands.HandOver(suit(case, subject, self), self.words.data or "")


class NameForm(Form):
    """Whom the court asks."""

    mediator = Radios(N_("Mediator"), missing=N_("Select a mediator."))

    def command(self, case: Case, subject: Subject) -> commands.Name:
        """Ask this mediator."""
        return commands.Name(suit(case, subject, self), UUID(str(self.mediator.data)))


class ReplaceForm(Form):
    """Why the court's mediator is replaced."""

    reason = Radios(
        N_("Reason"), [choice(key, title) for key, title in commands.REPLACED.items()], missing=N_("Select a reason.")
    )


class SideForm(CodePart):
    """What a side says to the court; who came by link proves with a code that it is them."""


class ResultForm(Form):
    """No agreement: how it ended."""

    result = Radios(
        N_("How it ended"), [choice(key, title) for key, title in commands.RESULTS.items()], missing=N_("Say how it ended.")
    )
    conduct = TextAreaField(N_("Conduct that raised costs"), [Within(1000)])

    def command(self, case: Case, subject: Subject, step: str) -> commands.Report:
        """Give the case back."""
        return commands.Report(suit(case, subject, self), step, str(self.result.data), self.conduct.data or "")


class TermsForm(Form):
    """Agreement: the terms on which the judge is to issue the instrument."""

    terms = TextAreaField(N_("What the two sides agreed"), [Needed(N_("Write what the two sides agreed.")), Within(WORDS)])

    def command(self, case: Case, subject: Subject) -> commands.Report:
        """Report the agreement."""
        return commands.Report(suit(case, subject, self), "filing.report-agreement", terms=self.terms.data or "")
