"""From the answer to the performed agreement: the respondent's desk, the mediator's desk, the room."""
