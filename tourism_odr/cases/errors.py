"""Why a step did not happen, in the words of the trade.  ``web/errors.py`` turns each into a page."""

from uuid import UUID

from tourism_odr.text import Message


class StepRefusedError(Exception):
    """A step could not be taken.  Nothing was changed."""


class NotYoursError(StepRefusedError):
    """Somebody whose part this is not: to them it does not exist (404)."""


class MovedOnError(StepRefusedError):
    """The stage has moved or another was first (409)."""

    def __init__(self, subject_id: UUID, step: str, stage: str) -> None:
        super().__init__(f"{step} is not open: the subject is {stage}")
        self.subject_id, self.step, self.stage = subject_id, step, stage


class UnmetNeedError(StepRefusedError):
    """Stage and role fit, but something else is missing; ``message`` says what, in the reader's language."""

    def __init__(self, need: str, message: Message) -> None:
        super().__init__(need)
        self.need, self.message = need, message
