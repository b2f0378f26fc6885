"""At the counter: the office's cases, a complaint entered for somebody, the slip, and somebody identified anew."""

from io import BytesIO
from uuid import UUID

import segno
from flask import Response, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Answer

from tourism_odr import documents
from tourism_odr.cases.categories import category_title
from tourism_odr.cases.lifecycle import stage_title
from tourism_odr.cases.models import Case, Subject
from tourism_odr.cases.models.party import COMPLAINANT
from tourism_odr.cases.sittings import SCOPES
from tourism_odr.clock import local_day, now
from tourism_odr.db import db
from tourism_odr.intake.blueprint import bp
from tourism_odr.intake.commands import counter, entering
from tourism_odr.intake.commands.lodging import Lodged
from tourism_odr.intake.forms import counter as forms
from tourism_odr.intake.forms import triage as triage_forms
from tourism_odr.intake.queries import counter as queries
from tourism_odr.intake.queries import lodging, overview
from tourism_odr.intake.queries.lodging import Body
from tourism_odr.intake.routes import visitor
from tourism_odr.intake.routes.sent import link_address
from tourism_odr.people import links, persons
from tourism_odr.people.models import Organisation
from tourism_odr.people.roles import COUNTER, Role
from tourism_odr.text import LOCALES, N_, M
from tourism_odr.web.evidence import attach, keep_uploads
from tourism_odr.web.guard import reads_case, takes_step
from tourism_odr.web.identity import current_actor
from tourism_odr.web.locale import current_locale
from tourism_odr.web.names import called
from tourism_odr.web.parts import MenuItem, PageOf, Tab, here_with, page_number
from tourism_odr.web.policy import signed_in

Page = str | Answer | tuple[str, int]
COUNTER_MENU = (MenuItem(N_("Counter"), "intake.counter_desk", frozenset({Role.COUNCIL}), rank=10),
                MenuItem(N_("Enter a complaint"), "intake.counter_enter", frozenset({Role.COUNCIL}), rank=12))  # fmt: skip
EVERYBODY = "all"


@bp.get("/counter")
@signed_in(Role.COUNCIL)
def counter_desk() -> Page:
    """The cases that this office entered and follows."""
    session, at = db.session(), now()
    mine = request.args.get("of") != EVERYBODY
    rows, total = queries.followed(session, current_actor(), at, mine=mine, page=page_number())
    tabs = [
        Tab(N_("Entered by me"), here_with(of=None, page=None), mine),
        Tab(N_("All of this office"), here_with(of=EVERYBODY, page=None), not mine),
    ]
    _, owed = queries.entries(session, current_actor(), at, owed=True, page=1)
    return render_template(
        "intake/counter.html", page=PageOf(rows, page_number(), total, queries.SIZE), tabs=tabs, owed=owed,
        called=called, category_title=category_title, stage_title=stage_title,
    )  # fmt: skip


@bp.route("/counter/enter", methods=["GET", "POST"])
@signed_in(*COUNTER)
def counter_enter() -> Page:
    """A whole complaint on one page, read back before it is sent."""
    form = forms.EntryForm()
    prepare(form)
    if form.submitted():
        sent = send(form)
        if sent is not None:
            return sent
    return render_template("intake/counter_enter.html", form=form)


def prepare(form: forms.ComplaintForm) -> None:
    """Where the contract was made, and whether there is a way to choose: only a council chooses."""
    form.set_bodies(lodging.bodies(), current_locale())
    form.asks_path = current_actor().role is Role.COUNCIL
    if form.asks_path and queries.office(db.session(), current_actor().organisation_id) is None:
        form.path.choices = [one for one in form.path.choices if one.value == entering.THERE]
        form.basis.choices = [one for one in form.basis.choices if one.value.startswith(entering.THERE)]


def send(form: forms.EntryForm | forms.ExternalForm) -> Page | None:
    """Lodge what was typed; the answer is the page with the slip, shown this once."""
    files, refused = keep_uploads(form.files.chosen())
    for reason in refused:
        form.refuse("files", reason)
    to = destination(form)
    if to is None:
        form.refuse(None, M("No complaint body is set up yet. Call the hotline instead."))
    if refused or to is None:
        return None
    lodged: Lodged | None = None
    with form.refusals():
        try:
            lodged = entering.enter_complaint(form.command(to, files), by=current_actor(), at=now())
        except entering.AlreadyEnteredError as again:
            if again.case_id == form.once:
                return redirect(url_for("intake.counter_case", case_id=again.case_id), 303)
            raise
    return done(lodged) if lodged else None


def destination(form: forms.ComplaintForm) -> forms.Destination | None:
    """The own body of an officer; of a council its own office, or the tourism body of the place."""
    actor, known = current_actor(), queries.registered(form.names())
    own = queries.office(db.session(), actor.organisation_id)
    body: Body | None
    if form.asks_path and form.path.data == entering.THERE:
        seats = [row.territory for row in lodging.operators([id for id in known.values() if id]).values()]
        body = lodging.body_for(lodging.bodies(), form.place.data or "", seats)
    else:
        body = own or next((one for one in lodging.bodies() if one.id == actor.organisation_id), None)
    follower = actor.organisation_id if form.asks_path else None
    respondents = forms.matched(form.names(), known, form.kind.data)
    return forms.Destination(body, follower, respondents) if body else None


def done(lodged: Lodged) -> Page:
    """Number, link and code, this once: print the slip and hand it over."""
    case = db.session.get_one(Case, lodged.case_id)
    return render_template(
        "intake/counter_done.html", case=case, secret=lodged.link, address=link_address(lodged.link), code=lodged.code
    )


@bp.post("/counter/cases/<uuid:case_id>/slip")
@reads_case(*COUNTER)
def counter_slip(case: Case) -> Page:
    """The slip as a PDF: what the page before showed, and nothing that is kept."""
    form = forms.PressedForm()
    secret, code = request.form.get("secret", ""), request.form.get("code", "")
    link = links.find_link(secret) if form.submitted() else None
    if link is None or link.case_id != case.id or not links.printed_code_is_of(link.person_id, case.id, code):
        raise NotFound
    made = documents.render(
        "slip", documents.with_stand_ins(slip(case, link.person_id, secret, code)), demo=visitor.settings().demo
    )
    return attach(Response(made, mimetype="application/pdf"), f"{case.number}-slip.pdf")


def slip(case: Case, person_id: UUID, secret: str, code: str) -> dict[str, object]:
    """What stands on the slip: the number, the link as a QR code, the recovery code, and where to go."""
    at, picture, address = now(), BytesIO(), link_address(secret)
    segno.make(address, error="m", micro=False).save(picture, kind="svg", border=2, xmldecl=False, unit="mm")
    body = db.session.get_one(Organisation, case.body_id)
    return {
        "issuer": {"zh": body.name, "en": body.name_en}, "number": "", "case_number": case.number,
        "locale": case.locale if case.locale in LOCALES else "en", "date": local_day(at).isoformat(),
        "holder": persons.names_of([person_id])[person_id], "code": code, "issued_at": at.isoformat(),
        "address": address, "qr": picture.getvalue().decode(), "recovery": visitor.settings().base_url + url_for("account.recovery"),
        "verify_url": "", "next": [{"step": "keep", "until": None}], "basis": [], "signatures": [],
    }  # fmt: skip


@bp.get("/counter/cases/<uuid:case_id>")
@reads_case(*COUNTER)
def counter_case(case: Case) -> Page:
    """For whom this office may act in the case, and what it may do for them."""
    session, actor, at = db.session(), current_actor(), now()
    people = queries.represented(session, case.id, at)
    return render_template(
        "intake/counter_case.html", case=case, people=people, actor=actor, scopes=SCOPES, complainant=COMPLAINANT,
        names=persons.names_of(power.person_id for one in people for power in one.held),
        origins=queries.origins(session, case.id), channels=forms.OTHER_CHANNELS, stage_title=stage_title,
        subject=session.get_one(Subject, case.id), category_title=category_title,
        body=session.get_one(Organisation, case.body_id), council=Role.COUNCIL, called=called,
    )  # fmt: skip


@bp.route("/triage/cases/<uuid:case_id>/identify", methods=["GET", "POST"])
@takes_step("case.identify-person")
def triage_identify(case: Case) -> Page:
    """Renew link and code of somebody who stands here; the answer shows them this once."""
    form = triage_forms.IdentifyForm()
    people = overview.complainants(db.session(), case.id)
    form.set_people([(one.party.id, one.name) for one in people])
    if not form.is_submitted() and len(people) == 1:
        form.party.data = str(people[0].party.id)
    if form.submitted():
        with form.refusals():
            made = counter.identify(form.command(case), by=current_actor(), at=now())
            return render_template(
                "intake/triage_identified.html", case=case, address=link_address(made.link), secret=made.link, code=made.code
            )
    return render_template("intake/triage_identify.html", form=form, case=case)
