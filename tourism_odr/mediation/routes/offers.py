"""Offers: made in a room as cards, answered on a check page, taken back while their undo time runs."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as Page

from tourism_odr.cases.authority import SETTLE
from tourism_odr.cases.deadlines import proposed
from tourism_odr.cases.models import Case, Party, Subject
from tourism_odr.cases.relations import party_of
from tourism_odr.clock import local_day, now
from tourism_odr.db import db
from tourism_odr.mediation.blueprint import bp
from tourism_odr.mediation.commands.offers import (
    accept_offer,
    bargaining_parties,
    decline_offer,
    make_offer,
    take_back,
    withdraw_offer,
)
from tourism_odr.mediation.forms.offers import AcceptForm, AnswerForm, OfferForm
from tourism_odr.mediation.queries.offers import Card, cards_in
from tourism_odr.mediation.queries.room import party_faces
from tourism_odr.mediation.routes.powers import lacking_power
from tourism_odr.mediation.routes.roompage import RoomView, view_of
from tourism_odr.people.actor import Actor
from tourism_odr.text import N_
from tourism_odr.web.codes import code_checked
from tourism_odr.web.guard import moved_on, takes_step
from tourism_odr.web.identity import current_actor
from tourism_odr.web.locale import current_locale

Answer = str | Page | tuple[str, int]


@bp.route("/cases/<uuid:case_id>/rooms/<uuid:place_id>/offers/new", methods=["GET", "POST"])
@takes_step("offer.make")
def new_offer(case: Case, place_id: UUID) -> Answer:
    """Make an offer, or a counter-offer, in the joint room or in direct talk."""
    view = view_of(case, place_id, current_actor(), now())
    if not view.bargains:
        raise NotFound
    form = OfferForm()
    form.choose_from(_others(view), view.faces)
    if form.submitted() and form.right_on(local_day(view.at)):
        with form.refusals():
            make_offer(form.command(case.id, place_id, current_locale()), by=view.actor, at=now())
            flash(N_("Your offer is open. The others have been told."), "success")
            return _back(case, place_id)
    due = proposed(case, "offer-validity", view.at)
    answered = _answered(view)
    return render_template("mediation/new_offer.html", form=form, view=view, case=case, due=due.at, answered=answered)


def _others(view: RoomView) -> list[Party]:
    """Everybody else who bargains here."""
    mine = party_of(db.session(), view.case.id, view.actor)
    return [one for one in bargaining_parties(db.session(), view.place) if mine is None or one.id != mine.id]


def _answered(view: RoomView) -> Card | None:
    """The offer that this one counters, when the reader came from its card."""
    wanted = request.args.get("counters", "")
    cards = cards_in(db.session(), view.case, view.place.id, view.actor, view.at, view.faces).values()
    return next((card for card in cards if card.offer.id.hex == wanted), None)


def _back(case: Case, place_id: UUID) -> Page:
    return redirect(url_for("mediation.room", case_id=case.id, place_id=place_id) + "#latest", 303)


def _card(case: Case, subject: Subject, actor: Actor) -> Card:
    """The offer as its reader sees it."""
    session = db.session()
    cards = cards_in(session, case, subject.place_id, actor, now(), party_faces(session, case.id)).values()
    found = next((card for card in cards if card.offer.id == subject.id), None)
    if found is None:
        raise NotFound
    return found


@bp.route("/cases/<uuid:case_id>/offers/<uuid:subject_id>/accept", methods=["GET", "POST"])
@takes_step("offer.accept")
def accept_page(case: Case, subject: Subject) -> Answer:
    """What is accepted, which statements go with it, and that it can be taken back for ten minutes."""
    actor = current_actor()
    card = _card(case, subject, actor)
    if card.mine:
        raise NotFound
    if "undo" in card.answers:
        return moved_on(N_("Your answer waits to become final. You can still take it back."))
    form = AcceptForm(seen=subject.version)
    if form.submitted() and code_checked(form, actor, "offer.accept", subject.id, now()):
        with form.refusals():
            accept_offer(form.command(case.id, subject.id, code_checked=True), by=actor, at=now())
            flash(N_("You have accepted. You can take it back within ten minutes; then the others are told."), "success")
            return _back(case, subject.place_id)
    return render_template("mediation/accept_page.html", form=form, case=case, card=card, actor=actor, lacks=lacking_power(case, SETTLE))


@bp.route("/cases/<uuid:case_id>/offers/<uuid:subject_id>/decline", methods=["GET", "POST"])
@takes_step("offer.decline")
def decline_page(case: Case, subject: Subject) -> Answer:
    """Say no to an offer."""
    return _plain(case, subject, "decline")


@bp.route("/cases/<uuid:case_id>/offers/<uuid:subject_id>/withdraw", methods=["GET", "POST"])
@takes_step("offer.withdraw")
def withdraw_page(case: Case, subject: Subject) -> Answer:
    """Withdraw one's own offer; it counts after the undo time."""
    return _plain(case, subject, "withdraw")


COMMANDS = {"decline": decline_offer, "withdraw": withdraw_offer}
DONE = {
    "decline": N_("You have declined the offer. You can make one of your own."),
    "withdraw": N_("You have withdrawn your offer. You can take that back within ten minutes; then it counts."),
}


def _plain(case: Case, subject: Subject, verb: str) -> Answer:
    """A check page with one button."""
    actor = current_actor()
    card = _card(case, subject, actor)
    if card.mine != (verb == "withdraw"):
        raise NotFound
    if "undo" in card.answers:
        return moved_on(N_("Your answer waits to become final. You can still take it back."))
    form = AnswerForm(seen=subject.version)
    if form.submitted():
        with form.refusals():
            COMMANDS[verb](form.command(case.id, subject.id), by=actor, at=now())
            flash(DONE[verb], "success")
            return _back(case, subject.place_id)
    return render_template(f"mediation/{verb}_page.html", form=form, case=case, card=card)


@bp.route("/cases/<uuid:case_id>/offers/<uuid:subject_id>/take-back", methods=["GET", "POST"])
@takes_step("offer.accept", "offer.withdraw")
def take_back_page(case: Case, subject: Subject) -> Answer:
    """Undo one's own click while the ten minutes run."""
    actor = current_actor()
    if request.method == "POST":
        take_back(case.id, subject.id, by=actor, at=now())
        flash(N_("Taken back. Nobody was told."), "success")
        return _back(case, subject.place_id)
    return render_template("mediation/take_back_page.html", case=case, card=_card(case, subject, actor))
