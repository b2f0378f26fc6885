"""What is said to somebody whom a rule of this package turns away."""

from tourism_odr.text import Message


class RefusedError(Exception):
    """A rule says no; ``message`` says why, in no language yet.  Pages show it beside the form."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.id)
        self.message = message
