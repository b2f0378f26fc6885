"""Taking an appointment up, or saying why not."""

from uuid import UUID

from tourism_odr.mediation.commands.desk import DECLINE_REASONS, AnswerAppointment
from tourism_odr.text import N_
from tourism_odr.web.forms import Form, Needed, Radios, Tick, choice


class TakeUpForm(Form):
    """The mediator's declaration."""

    free = Tick(
        N_("I have read the names. I am not related to, employed by or in dispute with any of them, and nothing else could make my fairness doubtful."),
        validators=[Needed(N_("Tick to declare that you have no conflict of interest, or decline."))],
    )
    secret = Tick(N_("I will keep what I am told in private to myself."), validators=[Needed(N_("Tick to promise secrecy."))])

    def command(self, case_id: UUID, appointment_id: UUID) -> AnswerAppointment:
        """Accept."""
        return AnswerAppointment(case_id, appointment_id, self.seen_version)


class TurnDownForm(Form):
    """Why not."""

    reason = Radios(N_("Why do you decline?"), [choice(code, title) for code, title in DECLINE_REASONS.items()],
                    missing=N_("Choose a reason."))

    def command(self, case_id: UUID, appointment_id: UUID) -> AnswerAppointment:
        """Decline."""
        return AnswerAppointment(case_id, appointment_id, self.seen_version, self.reason.data)
