"""Telephone numbers in a text: Spanish and American ones, and numbers that cost nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from phonenumbers import (
    Leniency,
    PhoneNumber,
    PhoneNumberMatcher,
    PhoneNumberType,
    is_valid_number,
    number_type,
    region_code_for_number,
)

REGIONS = ("ES", "US")
MOST_CHARACTERS = 10_000
MOST_TRIES = 200
# Without six digits close together nothing has to be looked at.
DIGITS = re.compile(r"(?:\d[^\w\n]{0,3}){6}")


def phone_numbers(text: str) -> list[str]:
    """Return the telephone numbers in a text as they are written, each once."""
    if DIGITS.search(text) is None:
        return []
    return list(dict.fromkeys(_numbers(text[:MOST_CHARACTERS])))


def _numbers(text: str) -> Iterator[str]:
    for region in REGIONS:
        for match in PhoneNumberMatcher(text, region, Leniency.VALID, MOST_TRIES):
            if _counts(match.number):
                yield match.raw_string


def _counts(number: PhoneNumber) -> bool:
    if not is_valid_number(number):
        return False
    is_free = number_type(number) == PhoneNumberType.TOLL_FREE
    return is_free or region_code_for_number(number) in REGIONS
