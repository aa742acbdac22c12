"""What can be wrong with a question besides the usual."""

from __future__ import annotations

from community.core.errors import Gone
from community.core.i18n import _l


class Merged(Gone):
    """The thread has become a part of another one, whose number is into_id."""

    def __init__(self, into_id: int) -> None:
        super().__init__(_l("This thread has become a part of another one."))
        self.into_id = into_id
