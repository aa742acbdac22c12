"""What several pages of the panel do alike."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue

from community.core import unsent
from community.core.errors import CommunityError, Invalid
from community.core.i18n import _l

LONGEST_NUMBER = 9


def attempt(
    work: Callable[[], object], done: str, page: str, form_page: str = ""
) -> ResponseReturnValue:
    """Do what a form asks for, say how it went, and go to a page.

    What is refused is shown again, with all that was typed, on the page of the form: form_page, or
    else the same. Its template asks typed() for each field.
    """
    try:
        work()
    except CommunityError as error:
        return refused(error, form_page or page)
    flash(done, "success")
    return redirect(page, HTTPStatus.SEE_OTHER)


def refused(error: CommunityError, page: str) -> ResponseReturnValue:
    """Say why, and go back to the page of the form with what was typed into it."""
    flash(str(error), "error")
    unsent.keep_for(page)
    return redirect(page, HTTPStatus.SEE_OTHER)


def number_in(name: str) -> int:
    """Return the number in a field of the form; 0 for none. Raises Invalid."""
    given = request.form.get(name, "").strip()[:LONGEST_NUMBER]
    if given and not given.removeprefix("-").isdecimal():
        raise Invalid(_l("Please choose one of the list."))
    return int(given or 0)


def text_in(name: str, longest: int = 300) -> str:
    """Return what was typed into a field of the form."""
    return request.form.get(name, "").strip()[:longest]
