"""One of everything, to look at: the sample form and the sample data of the style guide."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from tourism_odr.text import N_, M
from tourism_odr.web.forms import (
    Checkboxes,
    DayField,
    Form,
    MoneyField,
    Needed,
    Radios,
    Select,
    StringField,
    TextAreaField,
    Tick,
    Uploads,
    Within,
    choice,
)
from tourism_odr.web.parts import Deadline, PageOf, Stop, Tab

AT = datetime(2026, 12, 8, 16, 0, tzinfo=UTC)
THEN = datetime(2026, 11, 23, 6, 2, tzinfo=UTC)


class SampleForm(Form):
    """Each kind of field once."""

    cause = Radios(
        N_("What went wrong?"),
        [
            choice("changed", N_("The trip was changed"), icon="route"),
            choice("refund", N_("A refund was refused"), icon="refund"),
            choice("hotel", N_("Hotel"), N_("Another hotel, or not as promised"), icon="bed"),
            choice("other", N_("Something else"), icon="more"),
        ],
        missing=N_("Select what went wrong."),
    )
    name = StringField(N_("Full name"), [Needed(N_("Enter your full name."))])
    story = TextAreaField(N_("What happened?"), [Needed(N_("Say what happened.")), Within(2000)])
    amount = MoneyField(N_("How much do you ask for?"))
    day = DayField(N_("When did the trip begin?"))
    wishes = Checkboxes(
        N_("What do you want?"), [choice("refund", N_("Refund")), choice("sorry", N_("An apology"))]
    )
    language = Select(
        N_("Language"),
        [choice("", N_("Choose")), choice("zh", "中文"), choice("en", "English")],
        optional=True,
    )
    files = Uploads(N_("Photos and papers"))
    agree = Tick(N_("I have read this and agree."), [Needed(N_("Tick the statement to go on."))])


SAMPLE: dict[str, Any] = {
    "late": Deadline(N_("Written answer"), THEN, -2, explanation=[N_("The clock starts the day after.")]),
    "soon": Deadline(N_("Written answer"), AT, 2, soon=True, house=True),
    "calm": Deadline(
        N_("Mediation"),
        AT,
        11,
        provisional=True,
        basis=M("Complaint rules, article %(number)s", number=24),
        explanation=[N_("The clock starts the day after."), N_("Two holidays are not counted.")],
    ),
    "stops": [
        Stop(N_("Complaint"), "done"),
        Stop(N_("Check"), "done"),
        Stop(N_("Answer"), "done"),
        Stop(N_("Mediation"), "now"),
        Stop(N_("Agreement"), "next"),
    ],
    "past": [
        Stop(N_("Complaint"), at=THEN, who="T. Yui"),
        Stop(N_("Mediation"), "now", at=THEN),
        Stop(N_("Agreement"), "next"),
    ],
    "tabs": [
        Tab(N_("Joint room"), "#joint", current=True, icon="people"),
        Tab(N_("Private talk"), "#private", count=1, private=True),
    ],
    "page": PageOf([1, 2, 3], number=4, total=240),
    "amount": Decimal("4400.00"),
    "at": THEN,
}
