"""Acting for a party at a counter: what an authority may reach to, and whether a step lies within it.

A clerk or an officer acts for a party in a recorded sitting (``people.models.Sitting``), under an authority that the
party signed, or with its own signed answer in hand.  In a sitting everything that is not named here is refused: what a
party did not hand over, it does itself.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from tourism_odr.cases.authority import in_force
from tourism_odr.cases.models import Party, Power
from tourism_odr.cases.move import Move
from tourism_odr.people.actor import Actor
from tourism_odr.people.models import Organisation, Sitting
from tourism_odr.people.persons import names_of
from tourism_odr.text import N_, M, Message

COUNTER = "counter-authority"  # the kind of power that an office holds for a party
SCOPES = {
    "evidence": N_("Write for them, add papers, complete the complaint, say what of the facts is right"),
    "answer": N_("Answer the complaint, and say whether they take part in mediation"),
    "choose": N_("Choose how to go on when no answer came, or when mediation was declined"),
    "offer": N_("Make and decline offers"),
    "settle": N_("Accept offers and settle"),
    "admit": N_("Agree with facts and claims"),
    "sign": N_("Sign agreements that they have signed on paper"),
    "payment": N_("Report a payment, or say whether the money came"),
    "withdraw": N_("Withdraw the complaint"),
    "file": N_("Prepare and submit applications to a court or an authority"),
}
ANSWER = "answer"  # needs no authority when the respondent's own signed paper is at hand
# Which scope a step needs: by its name, else by the kind of its subject.
SCOPE_OF = {
    "case.supplement": "evidence",
    "case.write": "evidence",
    "case.add-evidence": "evidence",
    "case.copy-item": "evidence",
    "case.take-stand": "evidence",
    "case.withdraw": "withdraw",
    "respondent.answer": ANSWER,
    "respondent.not-our-customer": ANSWER,
    "respondent.accept-invitation": ANSWER,
    "respondent.decline-invitation": ANSWER,
    "urge.reply": ANSWER,
    "respondent.ask-reminder": "choose",
    "respondent.invite": "choose",
    "respondent.choose-termination": "choose",
    "respondent.settle": "settle",
    "confirmation.sign": "sign",  # in the same sitting as the agreement
    "confirmation.decline": "sign",
    "offer.make": "offer",
    "offer.decline": "offer",
    "offer.withdraw": "offer",
    "offer.accept": "settle",
    "agreement": "sign",
    "instalment": "payment",
    "filing": "file",
    "confirmation": "file",
    "application": "file",
}


def scope_of(step: str) -> str | None:
    """The scope that a step needs; None: nobody takes it for another."""
    return SCOPE_OF.get(step) or SCOPE_OF.get(step.partition(".")[0])


def beyond_authority(move: Move) -> Message | None:
    """Why the sitting does not carry this step, and who may take it; the time of the click counts."""
    assert move.by.seat is not None  # noqa: S101 - asked only of who sits
    sitting = move.session.get_one(Sitting, move.by.seat.id)
    name = principal_name(move.session, move.session.get_one(Party, sitting.party_id))
    scope = scope_of(move.step.name)
    if scope is None:
        return M("Nobody does this for another at the counter. %(name)s may do it in person.", name=name)
    if sitting.power_id is not None and not _covers(move.session, sitting.power_id, scope, move.clicked):
        return M("The authority does not cover this: “%(what)s”. %(name)s may do it in person, or sign another authority.",
                 what=Message(SCOPES[scope]), name=name)  # fmt: skip
    if scope not in sitting.scopes:
        return M("This was not read back: “%(what)s”. End this sitting and begin another one for it.", what=Message(SCOPES[scope]))
    return None


def may_here(session: Session, actor: Actor, scope: str, at: datetime) -> bool:
    """Whether what is no step of its own may be done: by oneself always, in a sitting as far as that was read back."""
    if actor.seat is None:
        return True
    sitting = session.get_one(Sitting, actor.seat.id)
    return scope in sitting.scopes and (sitting.power_id is None or _covers(session, sitting.power_id, scope, at))


def _covers(session: Session, power_id: UUID, scope: str, at: datetime) -> bool:
    power = session.get_one(Power, power_id)
    return scope in power.scopes and in_force(power, at)


def acted_for(session: Session, actor: Actor) -> str:
    """The name of the party for which somebody acts now; nothing outside of a sitting."""
    party = session.get(Party, actor.seat.party_id) if actor.seat else None
    return principal_name(session, party) if party else ""


def principal_name(session: Session, party: Party) -> str:
    """What a party is called."""
    if party.organisation_id:
        return session.get_one(Organisation, party.organisation_id).name
    return names_of([party.person_id])[party.person_id] if party.person_id else party.typed_name or ""
