"""Signing: the whole text, statements to tick, a code for whoever came by link."""

from flask import flash, redirect, render_template
from werkzeug.wrappers import Response

from tourism_odr.cases.models import Case, Subject
from tourism_odr.cases.models.agreement import BY_THE_SIDES
from tourism_odr.clock import now
from tourism_odr.db import db
from tourism_odr.mediation.blueprint import bp
from tourism_odr.mediation.commands import agreements as commands
from tourism_odr.mediation.forms.agreements import KINDS, METHODS, SignForm
from tourism_odr.mediation.queries import agreements as queries
from tourism_odr.mediation.queries import confirming
from tourism_odr.mediation.routes.agreements import here
from tourism_odr.text import DEFAULT_LOCALE, N_, M, format_money, say
from tourism_odr.web.codes import code_checked
from tourism_odr.web.guard import takes_step
from tourism_odr.web.identity import current_actor
from tourism_odr.web.locale import current_locale

JOINT = N_(
    "The sides are asked to apply together to the court for confirmation within 30 days of its effect "
    "(Civil Procedure Law, article 205). The application is signed in the same sitting; the agreement binds whether or "
    "not every side joins it."
)
Page = str | Response | tuple[str, int]


@bp.route("/cases/<uuid:case_id>/agreements/<uuid:subject_id>/sign", methods=["GET", "POST"])
@takes_step("agreement.sign")
def sign_agreement(case: Case, subject: Subject) -> Page:
    """Read, tick, sign; the signature binds to the very text on this page."""
    actor, at = current_actor(), now()
    text = queries.text_of(db.session(), subject)
    digest = text.agreement.digest or ""
    application = confirming.to_sign(db.session(), subject.id)
    form = SignForm(seen=subject.version, data={"digest": digest})
    form.asked = application is not None
    if form.submitted() and code_checked(form, actor, "agreement.sign", subject.id, at, exact=digest):
        with form.refusals():
            commands.sign_agreement(form.command(subject.id, application.row.id if application else None), by=actor, at=at)
            flash(N_("You have signed. You can take it back until the last person has signed."), "success")
            return redirect(here(subject), 303)
    return render_template(
        "mediation/sign_agreement.html", form=form, case=case, subject=subject, text=text, kinds=KINDS,
        methods=METHODS, digest=digest, alone=text.agreement.path == BY_THE_SIDES,
        chinese=None if current_locale() == DEFAULT_LOCALE else in_chinese(text),
        mediator=queries.has_mediator(db.session(), case.id), application=application, road=confirming.road(case, text.agreement, at),
    )  # fmt: skip


def in_chinese(text: queries.Text) -> dict[str, object]:
    """The same text in the language that prevails, for whoever reads another."""
    locale = DEFAULT_LOCALE
    lines = []
    for clause in text.clauses:
        parts = [say(KINDS[clause.kind], locale)]
        if clause.amount is not None and clause.payer_id and clause.payee_id and clause.day:
            parts[0] += f" {format_money(clause.amount, clause.currency, locale)}"
            names = {"payer": text.names.get(clause.payer_id, ""), "payee": text.names.get(clause.payee_id, "")}
            parts.append(say(M("%(payer)s pays %(payee)s.", **names), locale))
            parts.append(say(M("By %(day)s.", day=clause.day), locale))
            method = say(METHODS[clause.method], locale) if clause.method else ""
            parts.append(say(M("Method: %(method)s.", method=method), locale))
            parts.append(f"{say(N_('If not paid in time:'), locale)}{clause.default or ''}")
        lines.append("\n".join(part for part in (*parts, clause.text) if part))
    more = [say(N_("It binds its signers only."), locale)]
    if text.agreement.joint_confirmation:
        more.append(say(JOINT, locale))
    return {"title": say(M("The text, edition %(number)s", number=text.agreement.edition), locale), "lines": lines, "more": more}
