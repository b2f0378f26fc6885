"""Forms of a respondent's people."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from wtforms import Field

from tourism_odr.cases.categories import CLAIMS
from tourism_odr.cases.items import StoredFile, Words
from tourism_odr.cases.models import ClaimElement
from tourism_odr.clock import local_day, now
from tourism_odr.mediation.commands.answers import AGREE, DENY, IN_PART, Answer, FirstOffer, Reply
from tourism_odr.text import N_, M, Message, say
from tourism_odr.web.forms import (
    DayField,
    Form,
    HiddenField,
    MoneyField,
    Needed,
    Radios,
    TextAreaField,
    Tick,
    Uploads,
    ValidationError,
    Within,
    choice,
)
from tourism_odr.web.parts import money

MOST = 6000
YES, NO = "yes", "no"
STANDS = (
    choice(AGREE, N_("We admit it")),
    choice(IN_PART, N_("We admit it in part")),
    choice(DENY, N_("We deny it")),
)
WHOLE = N_("What do you say to the complaint?")


class AnswerForm(Form):
    """The answer of a respondent.  Radios for each thing asked for are added by ``answer_form``."""

    account = TextAreaField(
        N_("What happened, in your account?"), [Needed(N_("Write your account of the facts.")), Within(MOST)]
    )
    files = Uploads(N_("Contract, itinerary, receipts, messages"))
    consent = Radios(
        N_("Do you agree to mediation?"),
        [
            choice(YES, N_("Yes, we take part"), N_("A neutral mediator helps both sides to find terms. You may leave at any time.")),
            choice(NO, N_("No"), N_("Nobody may hold this against you. The tourist can choose another way.")),
        ],
        missing=N_("Say whether you agree to mediation. Silence does not count as consent."),
    )
    offer_amount = MoneyField(N_("Amount that you offer"))
    offer_terms = TextAreaField(N_("Terms of the offer"), [Within(1000)])
    offer_day = DayField(N_("You would pay by"))
    late_reason = TextAreaField(N_("Why does the answer come late?"), [Within(1000)])

    late = False

    def validate_late_reason(self, field: Field) -> None:
        """A late answer is accepted, but it says why."""
        if self.late and not field.data:
            raise ValidationError(N_("Say why the answer comes late."))

    def validate_offer_terms(self, field: Field) -> None:
        """Terms without an amount would be no offer."""
        if field.data and self.offer_amount.data is None:
            raise ValidationError(N_("Enter the amount of the offer, or leave its terms empty."))

    def validate_offer_day(self, field: Field) -> None:
        """Nobody pays in the past."""
        if field.data and field.data < local_day(now()):
            raise ValidationError(N_("Enter a day from today on."))

    def stands(self) -> list[Any]:
        """The radios, in the order of the claim."""
        return [field for field in self if field.name.startswith("stand-")]

    def content(self, files: list[dict[str, Any]]) -> dict[str, Any]:
        """What a draft keeps."""
        kept = {
            "account": self.account.data, "consent": self.consent.data, "offer_terms": self.offer_terms.data,
            "late_reason": self.late_reason.data, "files": files,
            "offer_amount": str(self.offer_amount.data) if self.offer_amount.data is not None else "",
            "offer_day": self.offer_day.data.isoformat() if self.offer_day.data else "",
        }  # fmt: skip
        return kept | {field.name: field.data for field in self.stands()}


def claim_label(claim: ClaimElement) -> Message:
    """What is asked for, with its amount."""
    what = M(CLAIMS.get(claim.kind, claim.kind))
    if claim.amount is None:
        return what
    return M("%(what)s: %(amount)s", what=what, amount=money(claim.amount, claim.currency))


def answer_form(claims: Sequence[ClaimElement], content: dict[str, Any], *, late: bool, seen: int) -> AnswerForm:
    """The form for this claim, filled from the draft."""
    fields: dict[str, Any] = {
        f"stand-{claim.id}": Radios(claim_label(claim), STANDS, missing=N_("Say for each point whether you admit it."))
        for claim in claims
    } or {"stand-whole": Radios(WHOLE, STANDS)}
    made = type("AnswerFormOfCase", (AnswerForm,), fields)
    form: AnswerForm = made(seen=seen, data=filled(content))
    form.late = late
    return form


def filled(content: dict[str, Any]) -> dict[str, Any]:
    """A draft as the fields take it."""
    data = {key: value for key, value in content.items() if key != "files"}
    data["offer_amount"] = Decimal(content["offer_amount"]) if content.get("offer_amount") else None
    data["offer_day"] = date.fromisoformat(content["offer_day"]) if content.get("offer_day") else None
    return data


def point_by_point(content: dict[str, Any], language: str, claims: Sequence[ClaimElement]) -> str:
    """The words of the answer: a line for each thing asked for, then the account, in the author's language."""
    titles = {option.value: option.label for option in STANDS}
    lines = [
        f"{say(claim_label(claim), language)} – {say(titles[content[f'stand-{claim.id}']], language)}"
        for claim in claims
        if content.get(f"stand-{claim.id}") in titles
    ]
    return "\n\n".join(part for part in ("\n".join(lines), content.get("account") or "") if part)


class SendAnswerForm(Form):
    """The check page: one statement, and the text again so that it is never lost."""

    account = HiddenField()
    true = Tick(
        N_("What is said here is true to the best of our knowledge, and I may answer for the respondent."),
        [Needed(N_("Tick the statement to send the answer."))],
    )

    def command(
        self, respondent_id: UUID, content: dict[str, Any], language: str, claims: Sequence[ClaimElement]
    ) -> Answer:
        """The answer as it stands in the draft, what it says point by point above the account."""
        stands = {key.removeprefix("stand-"): value for key, value in content.items() if key.startswith("stand-")}
        data = filled(content)
        offer = None
        if data["offer_amount"] is not None:
            offer = FirstOffer(data["offer_amount"], content.get("offer_terms") or "", data["offer_day"])
        return Answer(
            respondent_id, self.seen_version, Words(point_by_point(content, language, claims), language),
            {UUID(key): value for key, value in stands.items() if key != "whole"},
            consent=content.get("consent") == YES, whole=stands.get("whole"),
            files=tuple(StoredFile(**kept) for kept in content.get("files", ())),
            offer=offer, late_reason=content.get("late_reason") or "",
        )  # fmt: skip


class ReasonForm(Form):
    """Words and papers: why the tourist is no customer, or what was done on an urging."""

    words = TextAreaField(N_("Your reply"), [Needed(N_("Write your reply.")), Within(MOST)])
    files = Uploads(N_("Papers that show it"))

    def command(self, subject_id: UUID, language: str, files: Sequence[StoredFile]) -> Reply:
        """Words and files on one subject."""
        return Reply(subject_id, self.seen_version, Words(self.words.data or "", language), tuple(files))


class NotOursForm(ReasonForm):
    """The respondent never dealt with this tourist."""

    words = TextAreaField(
        N_("How do you know that the tourist is not your customer?"),
        [Needed(N_("Say how you know it.")), Within(MOST)],
    )


class PlainForm(Form):
    """A page with one button."""
