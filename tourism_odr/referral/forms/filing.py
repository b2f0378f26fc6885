"""Forms of the plaintiff: which court, each paper, the signature, the two consents, the last look."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from flask import request

from tourism_odr.cases.models import Evidence, Item
from tourism_odr.cases.models.filing import CONSENTS, ONLINE, SERVED_ONLINE
from tourism_odr.referral.commands.filing import Prepare, SignPaper, Write
from tourism_odr.referral.queries.filing import BREACH, PERFORMANCE, VENUES, CourtChoice, Opposed, View
from tourism_odr.referral.queries.prefill import CAUSES
from tourism_odr.text import N_
from tourism_odr.web.codes import CodePart
from tourism_odr.web.forms import (
    Checkboxes,
    EmailField,
    Form,
    HiddenField,
    MoneyField,
    Needed,
    Radios,
    Select,
    StringField,
    TelField,
    TextAreaField,
    Tick,
    Uploads,
    ValidationError,
    Within,
    choice,
)
from tourism_odr.web.names import called

YES, NO = "yes", "no"
YES_NO = (choice(YES, N_("Yes")), choice(NO, N_("No")))
LONG, LINE = 8000, 300
TRAVEL, SETTLEMENT = "旅游合同纠纷", "合同纠纷"


class CourtForm(Form):
    """Which court, whom, on what ground."""

    respondents = Checkboxes(N_("Whom do you sue?"), missing=N_("Choose at least one respondent."))
    court = Radios(N_("Which court?"), missing=N_("Choose a court."))
    arbitration = Radios(N_("Does the contract say that disputes go to arbitration?"), YES_NO, missing=N_("Say whether there is an arbitration clause."))
    foreign = Radios(
        N_("Is one of you a foreigner or abroad, or did the matter happen abroad?"), YES_NO,
        missing=N_("Say whether the case has a foreign element."),
    )  # fmt: skip
    cause = Select(N_("Cause of action"), [choice(name, title, "") for name, title in CAUSES.items()], missing=N_("Choose the cause of action."))
    amount = MoneyField(N_("Amount that you claim"))
    small_claim = Tick(N_("I ask for the small claims procedure: quick, one instance, its judgment is final"))

    def validate_small_claim(self, field: Any) -> None:
        """Foreign-related cases are excluded (Civil Procedure Law art. 166)."""
        if field.data and self.foreign.data == YES:
            raise ValidationError(N_("The small claims procedure is closed to foreign-related cases."))

    def command(self, case_id: UUID, choices: list[CourtChoice]) -> Prepare:
        """The suit to be prepared."""
        court = UUID(str(self.court.data))
        venue = next((one.venue for one in choices if one.court.id == court), "") or PERFORMANCE
        return Prepare(
            case_id, court, tuple(UUID(one) for one in self.respondents.data or ()), venue, str(self.cause.data),
            self.amount.data, self.arbitration.data == YES, self.foreign.data == YES, bool(self.small_claim.data),
        )  # fmt: skip


def court_form(against: list[Opposed], choices: list[CourtChoice], amount: Decimal | None, *, foreign: bool) -> CourtForm:
    """The form with what the record knows already."""
    broken = any(one.basis == BREACH for one in against)
    data = {
        "respondents": [str(one.party.id) for one in against], "court": str(choices[0].court.id) if choices else "",
        "foreign": YES if foreign else None, "cause": SETTLEMENT if broken else TRAVEL, "amount": amount,
    }  # fmt: skip
    form = CourtForm(data=data)
    form.respondents.choices = [choice(one.party.id, one.name) for one in against]
    form.court.choices = [choice(one.court.id, called(one.court), VENUES.get(one.venue, "")) for one in choices]
    return form


class ComplaintForm(Form):
    """The complaint: the plaintiff's data, the claims, facts and reasons."""

    name = StringField(N_("Your name as in your identity document"), [Needed(N_("Enter your name.")), Within(100)])
    gender = StringField(N_("Gender"), [Within(20)])
    birth = StringField(N_("Date of birth"), [Within(40)])
    nationality = StringField(N_("Nationality"), [Within(60)])
    identity = StringField(
        N_("Kind and number of your identity document"), [Needed(N_("Enter the number of your identity document.")), Within(60)]
    )
    address = StringField(N_("Where you live"), [Needed(N_("Enter your address.")), Within(LINE)])
    phone = TelField(N_("Phone"), [Needed(N_("Enter a phone number.")), Within(40)])
    email = EmailField(N_("E-mail"), [Within(200)])
    claims = TextAreaField(N_("Your claims"), [Needed(N_("Write what you claim.")), Within(LONG)])
    facts = TextAreaField(N_("Facts and reasons"), [Needed(N_("Write what happened and why you claim it.")), Within(LONG)])
    witnesses = TextAreaField(N_("Witnesses: name and where they live"), [Within(2000)])
    amount = MoneyField(N_("Amount in dispute"))
    cause = Select(N_("Cause of action"), [choice(name, title, "") for name, title in CAUSES.items()], missing=N_("Choose the cause of action."))
    personal = ("name", "gender", "birth", "nationality", "identity", "address", "phone", "email")

    def command(self, filing_id: UUID) -> Write:
        """The complaint as it reads now."""
        words = {name: getattr(self, name).data or "" for name in ("claims", "facts", "witnesses")}
        return Write(filing_id, self.seen_version, words, {name: getattr(self, name).data or "" for name in self.personal})


def complaint_form(view: View, personal: dict[str, str]) -> ComplaintForm:
    """The complaint as it stands."""
    words = view.papers["complaint"].words
    data = personal | {name: words[name] for name in ("claims", "facts", "witnesses")}
    return ComplaintForm(seen=view.subject.version, data=data | {"amount": view.filing.amount, "cause": view.filing.cause})


class AddressForm(Form):
    """Where and how the plaintiff is served."""

    recipient = StringField(N_("Who receives for you"), [Needed(N_("Enter who receives for you.")), Within(100)])
    address = StringField(N_("Address for service"), [Needed(N_("Enter your address.")), Within(LINE)])
    post_code = StringField(N_("Postcode"), [Within(20)])
    phone = TelField(N_("Phone"), [Needed(N_("Enter a phone number.")), Within(40)])
    email = EmailField(N_("E-mail"), [Within(200)])
    kept_up = Tick(
        N_("I tell the court when anything of this changes; what is sent here counts as served."),
        [Needed(N_("Tick that you keep the address up to date."))],
    )
    personal = ("address", "phone", "email", "recipient", "post_code")

    def command(self, filing_id: UUID) -> Write:
        """The confirmation as it reads now."""
        return Write(filing_id, self.seen_version, {"kept_up": True}, {name: getattr(self, name).data or "" for name in self.personal})


class EvidenceForm(Form):
    """Which files go to the court, and for each its source, purpose, content and copies."""

    def __init__(self, files: list[tuple[Item, Evidence]], rows: list[dict[str, Any]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {row["item"]: row for row in rows}
        self.lines = [self._line(item, kept, known.get(str(item.id))) for item, kept in files]

    def _line(self, item: Item, kept: Evidence, row: dict[str, Any] | None) -> dict[str, Any]:
        held = {"item": str(item.id), "name": kept.name, "chosen": row is not None, "source": "", "purpose": "", "content": "", "copies": "2"}
        held |= {name: str(value) for name, value in (row or {}).items() if name in held and name not in ("item", "name")}
        if self.is_submitted():
            typed = {name: request.form.get(f"{name}-{item.id}", "").strip()[:LINE] for name in ("source", "purpose", "content", "copies")}
            held |= typed | {"chosen": bool(request.form.get(f"chosen-{item.id}"))}
        return held

    def submitted(self) -> bool:
        """Each chosen file says where it comes from, and what it is to prove."""
        if not super().submitted():
            return False
        wrong = [one for one in self.lines if one["chosen"] and not (one["source"] and one["purpose"])]
        copies = [one for one in self.lines if one["chosen"] and not (one["copies"].isdigit() and 0 < int(one["copies"]) < 100)]
        if wrong:
            self.refuse(None, N_("Say of every chosen file where it comes from and what it is to prove."))
        if copies:
            self.refuse(None, N_("Enter the number of copies, such as 2."))
        return not wrong and not copies

    def command(self, filing_id: UUID) -> Write:
        """The list as it reads now."""
        names = ("item", "source", "purpose", "content")
        rows = [{name: one[name] for name in names} | {"copies": int(one["copies"])} for one in self.lines if one["chosen"]]
        return Write(filing_id, self.seen_version, {"rows": rows})


class FilesForm(Form):
    """More files for the court."""

    files = Uploads(N_("Add a file for the court"))


class SignPaperForm(CodePart):
    """Statements to tick; the digest is that of the paper on this very page."""

    digest = HiddenField()
    read = Tick(N_("I have read this paper to its end."), [Needed(N_("Tick that you have read the paper."))])
    true = Tick(N_("What it says is true, and I know that a false statement to a court has consequences."), [Needed(N_("Tick that it is true."))])
    own = Tick(N_("I sign it of my own will. Nobody else files for me."), [Needed(N_("Tick that you sign of your own will."))])

    def command(self, filing_id: UUID, kind: str) -> SignPaper:
        """The signature under this paper."""
        return SignPaper(filing_id, self.seen_version, kind, self.digest.data or "", code_checked=True)


class ConsentForm(CodePart):
    """Two questions, each by itself."""

    online_procedure = Radios(
        N_("May the court deal with your suit online?"),
        [
            choice(YES, N_("Yes, online"), N_("You can take part by phone or computer, and can ask for a hearing in person at any time.")),
            choice(NO, N_("No"), N_("Then you file on paper at the court; take the papers along.")),
        ],
        missing=N_("Say whether the procedure may be online."),
    )
    online_service = Radios(
        N_("May the court serve papers on you online?"),
        [
            choice(YES, N_("Yes, online"), N_("A paper counts as served when it arrives at the phone or e-mail that you confirmed.")),
            choice(NO, N_("No"), N_("Then papers come by post to the address that you confirmed.")),
        ],
        missing=N_("Say whether papers may be served online."),
    )

    def said(self) -> dict[str, bool]:
        """The answers by kind of consent."""
        answers = dict(zip(CONSENTS, (self.online_procedure.data, self.online_service.data), strict=True))
        return {kind: answer == YES for kind, answer in answers.items()}


def consent_form(said: dict[str, bool | None]) -> ConsentForm:
    """A yes that was said before stays marked; a first answer is nobody's but the plaintiff's."""
    given = {kind: YES for kind in CONSENTS if said[kind]}
    return ConsentForm(data={"online_procedure": given.get(ONLINE), "online_service": given.get(SERVED_ONLINE)})


class SubmitForm(CodePart):
    """The last look."""

    checked = Tick(
        N_("I have looked at everything above. I submit it to this court myself."), [Needed(N_("Tick that you have looked at everything."))]
    )


class WithdrawFilingForm(CodePart):
    """Taking the suit back."""

    sure = Tick(N_("I take this suit back. I may prepare a new one later."), [Needed(N_("Tick that you take the suit back."))])


class OnlyForm(Form):
    """A button and the version that was seen."""
