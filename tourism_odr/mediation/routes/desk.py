"""The mediator's desk, and taking an appointment up or declining it."""

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response as Page

from tourism_odr.cases.categories import CLAIMS, MARKETS, category_title
from tourism_odr.cases.models import Case, ClaimElement, Clock, Subject
from tourism_odr.cases.queries import subjects_of
from tourism_odr.clock import now
from tourism_odr.db import db
from tourism_odr.mediation.blueprint import bp
from tourism_odr.mediation.commands.desk import accept_appointment, decline_appointment
from tourism_odr.mediation.forms.desk import TakeUpForm, TurnDownForm
from tourism_odr.mediation.queries.desk import desk_of, load_of, parties_named
from tourism_odr.people.roles import Role
from tourism_odr.text import N_
from tourism_odr.web.deadlines import deadline_of
from tourism_odr.web.guard import takes_step
from tourism_odr.web.identity import current_actor
from tourism_odr.web.parts import MenuItem, page_number
from tourism_odr.web.policy import signed_in
from tourism_odr.web.steps_map import step_url

Answer = str | Page | tuple[str, int]
MENU = (MenuItem(N_("Desk"), "mediation.desk", frozenset({Role.MEDIATOR}), rank=10),)


@bp.get("/desk")
@signed_in(Role.MEDIATOR)
def desk() -> Answer:
    """What waits for the mediator, then every case by its next deadline."""
    actor, at, session = current_actor(), now(), db.session()
    found = desk_of(session, actor, at, page_number())
    return render_template(
        "mediation/desk.html",
        desk=found,
        load=load_of(session, actor, at),
        title_of=category_title,
        deadlines={row.case.id: deadline_of(row.clock, at) for row in found.cases if row.clock},
        due_of=lambda subject: _due(subject),
        step_url=step_url,
    )


def _due(subject: Subject):  # type: ignore[no-untyped-def]  # a Deadline or None, for the template
    """The deadline of one subject on the desk."""
    from sqlalchemy import select

    clock = db.session.scalars(
        select(Clock).where(Clock.subject_id == subject.id, Clock.status == "running", Clock.pending_id.is_(None))
        .order_by(Clock.due_at).limit(1)
    ).first()  # fmt: skip
    return deadline_of(clock, now()) if clock else None


@bp.route("/cases/<uuid:case_id>/appointments/<uuid:subject_id>/accept", methods=["GET", "POST"])
@takes_step("appointment.accept")
def accept_appointment_page(case: Case, subject: Subject) -> Answer:
    """Who is in the case and what it is about, then the declaration."""
    form = TakeUpForm(seen=subject.version)
    if form.submitted():
        with form.refusals():
            accept_appointment(form.command(case.id, subject.id), by=current_actor(), at=now())
            flash(N_("You are the mediator of this case now. Both sides have been told."), "success")
            return redirect(url_for("mediation.desk"), 303)
    return _appointment_page("mediation/accept_appointment_page.html", form, case, subject)


@bp.route("/cases/<uuid:case_id>/appointments/<uuid:subject_id>/decline", methods=["GET", "POST"])
@takes_step("appointment.decline")
def decline_appointment_page(case: Case, subject: Subject) -> Answer:
    """Decline with a reason."""
    form = TurnDownForm(seen=subject.version)
    if form.submitted():
        with form.refusals():
            decline_appointment(form.command(case.id, subject.id), by=current_actor(), at=now())
            flash(N_("You have declined. The supervising body asks somebody else."), "success")
            return redirect(url_for("mediation.desk"), 303)
    return _appointment_page("mediation/decline_appointment_page.html", form, case, subject)


def _appointment_page(template: str, form: TakeUpForm | TurnDownForm, case: Case, subject: Subject) -> str:
    """What a mediator may know before saying yes: the digest of the case and every name, no words of it."""
    from sqlalchemy import select

    session = db.session()
    claims = session.scalars(select(ClaimElement).where(ClaimElement.case_id == case.id).order_by(ClaimElement.number))
    return render_template(
        template, form=form, case=case, subject=subject, due=_due(subject), parties=parties_named(session, case.id),
        claims=[(CLAIMS.get(one.kind, one.kind), one) for one in claims], title_of_case=category_title(case.category),
        market=MARKETS.get(case.market, case.market), others=len(subjects_of(session, case.id, current_actor(), now())),
    )  # fmt: skip
