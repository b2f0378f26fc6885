"""The forms of this slice.  A password is never trimmed; a code may be typed with spaces."""

from wtforms import ValidationError

from tourism_odr.people.secrets import PASSWORD_LEAST
from tourism_odr.text import N_, M
from tourism_odr.web.forms import EmailField, Form, Needed, PasswordField, StringField, TextAreaField, Within

TYPED_MOST = 200


class SignInForm(Form):
    """The first step."""

    email = EmailField(N_("E-mail address"), validators=[Needed(N_("Enter your e-mail address."))])
    password = PasswordField(N_("Password"), validators=[Needed(N_("Enter your password."))])


class CodeForm(Form):
    """A code from an authenticator, a message, or the list of recovery codes."""

    code = StringField(N_("Code"), validators=[Needed(N_("Enter the code.")), Within(TYPED_MOST)])


class NewPasswordForm(Form):
    """A new password, typed twice; one that exists already is kept by leaving both empty fields out."""

    password = PasswordField(N_("New password"), validators=[Needed(N_("Choose a password."))])
    again = PasswordField(N_("The same password again"), validators=[Needed(N_("Type the password a second time."))])

    def validate_password(self, field: PasswordField) -> None:
        """Long enough; nothing else is asked of a password."""
        if field.data and len(field.data) < PASSWORD_LEAST:
            raise ValidationError(M("Choose a password of at least %(least)s characters.", least=PASSWORD_LEAST))

    def validate_again(self, field: PasswordField) -> None:
        """Both alike."""
        if field.data != self.password.data:
            raise ValidationError(N_("The two passwords differ."))


class InvitationForm(NewPasswordForm):
    """Password and first code of the authenticator; the page takes out what this invitation does not need."""

    code = StringField(N_("Code that your authenticator shows"), validators=[Needed(N_("Enter the code."))])


class ChangePasswordForm(NewPasswordForm):
    """The old password proves who asks."""

    old = PasswordField(N_("Present password"), validators=[Needed(N_("Enter your present password."))])


class FindCaseForm(Form):
    """Number and contact of a case whose link is lost."""

    number = StringField(N_("Case number"), validators=[Needed(N_("Enter the case number.")), Within(40)])
    contact = StringField(
        N_("E-mail address or telephone number"),
        validators=[Needed(N_("Enter the e-mail address or telephone number of the complaint.")), Within(TYPED_MOST)],
    )


class RecoveryForm(Form):
    """The printed recovery code."""

    code = StringField(N_("Recovery code"), validators=[Needed(N_("Enter the recovery code.")), Within(TYPED_MOST)])


class ResetForm(Form):
    """Whose second factor is lost, and how the asking person knows it is them."""

    email = EmailField(N_("Their e-mail address"), validators=[Needed(N_("Enter their e-mail address."))])
    reason = TextAreaField(
        N_("How do you know that it is them?"),
        validators=[Needed(N_("Say how you made sure that it is them.")), Within(300)],
    )
