"""The one question after sending."""

from tourism_odr.text import N_
from tourism_odr.web.forms import Form, Needed, Tick


class SavedForm(Form):
    """Whoever goes on without link and code has lost the case: so it is asked first."""

    saved = Tick(
        N_("I have saved the link or the recovery code."),
        [Needed(N_("Save the link or the recovery code first, then tick this. Without one of them you cannot come back."))],
    )
