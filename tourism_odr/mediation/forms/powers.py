"""Forms of powers."""

from uuid import UUID

from wtforms import Field

from tourism_odr.cases.items import StoredFile, Words
from tourism_odr.cases.models import Power
from tourism_odr.clock import local_day, now
from tourism_odr.mediation.commands.powers import CheckPower, FilePower, RevokePower
from tourism_odr.text import N_
from tourism_odr.web.forms import (
    Checkboxes,
    DayField,
    Form,
    MoneyField,
    Radios,
    Select,
    TextAreaField,
    Uploads,
    ValidationError,
    Within,
    choice,
)

KINDS = {
    "written-power": N_("Written power, signed or chopped"),
    "legal-representative": N_("Certificate of the legal representative"),
}
SCOPES = {
    "answer": N_("Answer"),
    "admit": N_("Admit facts and claims"),
    "offer": N_("Make offers"),
    "settle": N_("Accept offers and settle"),
    "sign": N_("Sign agreements"),
    "receive": N_("Receive service"),
}
SPECIAL = frozenset({"admit", "settle", "sign"})  # special authority (CPL art. 62)


class PowerForm(Form):
    """A new power with its paper."""

    holder = Select(N_("Who acts"), missing=N_("Choose who acts."))
    kind = Radios(N_("Kind of paper"), [choice(key, title) for key, title in KINDS.items()], missing=N_("Choose the kind of paper."))
    scopes = Checkboxes(
        N_("What may they do?"), [choice(key, title) for key, title in SCOPES.items()],
        missing=N_("Choose at least one thing that they may do."),
    )  # fmt: skip
    limit = MoneyField(N_("Up to which amount"))
    until = DayField(N_("Valid until"))
    paper = Uploads(N_("The paper"))

    def validate_until(self, field: Field) -> None:
        """A power that has ended gives nothing."""
        if field.data and field.data < local_day(now()):
            raise ValidationError(N_("Enter a day from today on."))

    def validate_paper(self, _field: Field) -> None:
        """Without the paper nobody can check it."""
        if not self.paper.chosen():
            raise ValidationError(N_("Add a photo or a scan of the paper."))

    def command(self, respondent_id: UUID, paper: StoredFile) -> FilePower:
        """The power as it was written."""
        return FilePower(
            respondent_id, UUID(self.holder.data), self.kind.data, tuple(self.scopes.data or ()), paper,
            self.limit.data, self.until.data,
        )  # fmt: skip


class CheckPowerForm(Form):
    """Whether the paper carries the power."""

    sound = Radios(
        N_("Does the paper carry this power?"),
        [choice("yes", N_("Yes: signature or chop, scope and dates are in order")), choice("no", N_("No"))],
        missing=N_("Say whether the paper carries the power."),
    )
    reason = TextAreaField(N_("Why not"), [Within(1000)])

    def validate_reason(self, field: Field) -> None:
        """A refusal says why."""
        if self.sound.data == "no" and not field.data:
            raise ValidationError(N_("Say why the power does not hold."))

    def command(self, case_id: UUID, power: Power, language: str) -> CheckPower:
        """The result of the check."""
        reason = Words(self.reason.data, language) if self.reason.data else None
        return CheckPower(case_id, power.party_id, power.id, self.sound.data == "yes", reason)


class RevokePowerForm(Form):
    """Why it ends; the side itself need not say."""

    reason = TextAreaField(N_("Why the power ends"), [Within(1000)])

    def command(self, case_id: UUID, power: Power, language: str) -> RevokePower:
        """The end of the power."""
        reason = Words(self.reason.data, language) if self.reason.data else None
        return RevokePower(case_id, power.party_id, power.id, reason)
