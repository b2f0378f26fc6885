"""Plain pages at the foot of every other, and the calculators."""

from flask import Blueprint, render_template

from tourism_odr.amounts import CALCULATORS
from tourism_odr.cases import lateness
from tourism_odr.cases.lifecycle import TABLES
from tourism_odr.clock import now
from tourism_odr.db import db
from tourism_odr.guidance.forms import AmountForm, DateForm
from tourism_odr.rulebooks import GRADES
from tourism_odr.rulebooks.terms import NOT_COUNTED
from tourism_odr.text import N_
from tourism_odr.web.parts import MenuItem
from tourism_odr.web.policy import public

bp = Blueprint("guidance", __name__)

FOOTER = (
    MenuItem(N_("What is kept, for whom and how long"), "guidance.privacy", rank=10),
    MenuItem(N_("How mediation works"), "guidance.mediation", rank=20),
    MenuItem(N_("Compute dates and amounts"), "guidance.amounts", rank=25),
    MenuItem(N_("How punctual the deadlines are"), "guidance.punctuality", rank=27),
    MenuItem(N_("Accessibility"), "guidance.accessibility", rank=30),
    MenuItem(N_("Help and contact"), "guidance.help", rank=40),
)


@bp.get("/privacy")
@public
def privacy() -> str:
    """What is kept of whom, who reads it, and when it goes."""
    return render_template("guidance/privacy.html")


@bp.get("/mediation")
@public
def mediation() -> str:
    """The rules of mediation in plain words."""
    return render_template("guidance/mediation.html")


@bp.get("/accessibility")
@public
def accessibility() -> str:
    """What works for whom, and whom to tell when it does not."""
    return render_template("guidance/accessibility.html")


@bp.get("/help")
@public
def help() -> str:
    """Where to turn, also without this service; and what each stage of a case means."""
    return render_template("guidance/help.html", stages=TABLES["case"].stages.values())


@bp.get("/punctuality")
@public
def punctuality() -> str:
    """How late the steps of deadlines that ran out were taken."""
    return render_template("guidance/punctuality.html", found=lateness.measured(db.session(), now()))


@bp.get("/amounts")
@public
def amounts() -> str:
    """What can be computed here."""
    return render_template("guidance/amounts.html", calculators=CALCULATORS.values())


@bp.route(f"/amounts/<any({', '.join(repr(name) for name in CALCULATORS)}):name>", methods=["GET", "POST"])
@public
def amount(name: str) -> str:
    """One calculator: what it asks, the figure, the steps and the articles."""
    form = AmountForm.of(CALCULATORS[name])
    result = form.result() if form.submitted() else None
    return render_template("guidance/amount.html", form=form, calculator=CALCULATORS[name], result=result, grades=GRADES)


@bp.route("/amounts/dates", methods=["GET", "POST"])
@public
def dates() -> str:
    """Count days, with every day counted or skipped and why."""
    form = DateForm()
    counted = form.counted() if form.submitted() else None
    return render_template("guidance/dates.html", form=form, counted=counted, reasons=NOT_COUNTED)
