"""Of every table it is said what guests see of it."""

import community.site.shown  # noqa: F401
from community.core import changes


def test_every_table_says_what_guests_see_of_it():
    assert changes.unnamed() == set()
