"""The forms of what only the tourist decides, and of the ways into one's own case."""

from wtforms import Field

from tourism_odr.intake.commands.choices import REASONS
from tourism_odr.people import contacts
from tourism_odr.text import N_
from tourism_odr.web.codes import CodePart
from tourism_odr.web.forms import (
    EmailField,
    Form,
    Radios,
    StringField,
    TelField,
    TextAreaField,
    Uploads,
    ValidationError,
    Within,
    choice,
)

WORDS_MOST = 6000
EVERYBODY, BODY = "everybody", "body"


class SupplementForm(Form):
    """What was missing."""

    words = TextAreaField(N_("What you add"), [Within(WORDS_MOST)])
    files = Uploads(N_("Take photos or choose files"))
    readers = Radios(
        N_("Who may read what you add?"),
        [
            choice(EVERYBODY, N_("Part of my complaint"), N_("The business reads it too, once the complaint is accepted")),
            choice(BODY, N_("The complaint body alone"), N_("Such as an identity paper")),
        ],
        missing=N_("Select who may read it."),
    )

    def validate_words(self, field: TextAreaField) -> None:
        """Words or a file: something."""
        if not field.data and not self.files.chosen():
            raise ValidationError(N_("Write what was missing, or add a file."))


class WithdrawForm(CodePart):
    """Taking the complaint back."""

    reason = Radios(
        N_("Why do you withdraw?"),
        [choice(code, title) for code, title in REASONS.items()],
        missing=N_("Select why you withdraw."),
    )
    words = TextAreaField(N_("Anything that the complaint body should know"), [Within(1000)])


class DecisionForm(CodePart):
    """A choice about one respondent, confirmed."""


class RenewForm(CodePart):
    """A new link and a new recovery code."""


class ContactChangeForm(CodePart):
    """Another way to reach the tourist."""

    phone = TelField(N_("New mobile number"), [Within(40)])
    email = EmailField(N_("New e-mail address"), [Within(254)])

    def validate_phone(self, field: Field) -> None:
        """A number that can be called, or none."""
        if field.data and contacts.phone(field.data) is None:
            raise ValidationError(N_("Enter a phone number such as 138 1234 1234 or +44 7700 900123."))

    def validate_email(self, field: Field) -> None:
        """An address that can be written to, or none."""
        if field.data and contacts.email(field.data) is None:
            raise ValidationError(N_("Enter an e-mail address such as name@example.com."))
        if not field.data and not self.phone.data:
            raise ValidationError(N_("Enter a new mobile number or a new e-mail address."))


class ContactCodeForm(Form):
    """The code that was sent to a new contact."""

    contact_code = StringField(N_("Six digits from the message"), [Within(20)])
