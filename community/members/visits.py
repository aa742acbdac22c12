"""One visit: what the row of a visitor's session said as the request began, and what it says now.

The row is read when somebody first asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import timedelta
from functools import cached_property
from typing import Any

from flask.sessions import SessionMixin

from community.core.clock import now
from community.members import flashes, recognition
from community.members.models import Member
from community.members.recognition import Found

NOTED_EVERY, NOTED_EVERY_FOR_GUESTS = timedelta(minutes=5), timedelta(hours=6)


class StoredSession(SessionMixin):
    """What Flask calls the session."""

    def __init__(self, token: str = "", carried: str = "") -> None:
        self.token = token
        # The cookie in which the browser carries what the next page says.
        self.carried = carried
        self.modified = False
        self.wants_new_token = False

    @cached_property
    def found(self) -> Found | None:
        """What the table holds for this visitor, read in one statement; nothing without a cookie.

        A copy, for the row itself may be changed or ended by another request.
        """
        found = recognition.find(self.token) if self.token else None
        self.token = self.token if found else ""
        return found

    @cached_property
    def _values(self) -> dict[str, Any]:
        values = deepcopy(self.found.values) if self.found else {}
        if said := flashes.unpacked(self.carried, self.token):
            values[flashes.KEY] = [*values.get(flashes.KEY, ()), *said]
        return values

    @property
    def member(self) -> Member | None:
        return self.found.member if self.found else None

    @property
    def is_read(self) -> bool:
        """Tell whether the answer may depend on who asks; what Flask notes is true too often."""
        return "found" in vars(self)

    @property
    def is_due(self) -> bool:
        """Tell whether it is time to note that the visitor was here."""
        if (found := vars(self).get("found")) is None:
            return False
        pause = NOTED_EVERY if found.member else NOTED_EVERY_FOR_GUESTS
        return bool(found.seen_at < now() - pause)

    def leaves_to_say(self) -> str | None:
        """Return what the browser is to carry to the next page, "" for nothing.

        None where the table has to keep it: what guests are told, for their pages are made
        beforehand; what is said under another token from now on; and what is too long.
        """
        if self.member is None or self.wants_new_token:
            return None
        said = self.get(flashes.KEY)
        return (flashes.packed(said, self.token) or None) if said else ""

    def differs_but_for_flashes(self) -> bool:
        """Tell whether the table says something else, or still holds words for the next page."""
        before = self.found.values if self.found else {}
        rest = {key: value for key, value in self.items() if key != flashes.KEY}
        return flashes.KEY in before or rest != before

    def renew(self) -> None:
        """Take a new token, as at every log-in and log-out (ASVS V7.2.4)."""
        self.wants_new_token = self.modified = True

    def merged_with(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return the values as they are now, with what this request changed."""
        before = self.found.values if self.found else {}
        carried = () if self.leaves_to_say() is None else (flashes.KEY,)
        kept = {key: value for key, value in self.items() if key not in carried}
        fresh = {key: value for key, value in kept.items() if before.get(key) != value}
        gone = before.keys() - kept.keys()
        return {key: value for key, value in values.items() if key not in gone} | fresh

    def __contains__(self, key: object) -> bool:
        # Flask-Login asks for this after every request, also after those that need no session.
        return key != "_remember" and key in self._values

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401
        return self._values[key]

    def __setitem__(self, key: str, value: Any) -> None:  # noqa: ANN401
        self._values[key] = value
        self.modified = True

    def __delitem__(self, key: str) -> None:
        del self._values[key]
        self.modified = True

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)
