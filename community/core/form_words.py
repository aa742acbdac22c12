"""What forms say when something in them is wrong: our words, not those of WTForms."""

from __future__ import annotations

from typing import Any

import flask_wtf.form

from community.core.i18n import _l

CHOICE = _l("Please choose one of these.")
NUMBER = _l("Please enter a whole number, such as 12.")
WORDS: dict[str, Any] = {
    "Not a valid choice.": CHOICE,
    "Invalid Choice: could not coerce.": CHOICE,
    "One or more data inputs could not be coerced.": CHOICE,
    "Invalid choice(s): one or more data inputs could not be coerced.": CHOICE,
    "This field is required.": _l("Please fill this in."),
    "Not a valid integer value.": NUMBER,
    "Not a valid decimal value.": _l("Please enter a number, such as 2.5."),
    "Not a valid float value.": _l("Please enter a number, such as 2.5."),
    "Number must be at least %(min)s.": _l("Please enter %(min)s or more."),
    "Number must be at most %(max)s.": _l("Please enter %(max)s or less."),
    "Number must be between %(min)s and %(max)s.": _l("Please enter %(min)s to %(max)s."),
    "Not a valid date value.": _l("Please enter a date."),
    "Not a valid datetime value.": _l("Please enter a date and a time."),
    "Not a valid time value.": _l("Please enter a time."),
    "Invalid email address.": _l("This is not an e-mail address."),
    "Invalid URL.": _l("This is not an address on the web."),
}
ANY = _l("Please check this.")
SHORT = _l("Please write at least %(min)d characters.")
LONG = _l("Please write no more than %(max)d characters.")


class FormWords:
    """Stands where WTForms expects its catalogs."""

    def gettext(self, text: str) -> str:
        """Return what we say instead."""
        return str(WORDS.get(text, ANY))

    def ngettext(self, singular: str, _plural: str, _number: int) -> str:
        """Return the same of what WTForms counts: choices, and the lengths of texts."""
        if "choice" in singular:
            return str(CHOICE)
        return str(SHORT if "at least" in singular else LONG)


def set_up() -> None:
    """Let all forms speak so."""
    flask_wtf.form.translations = FormWords()
