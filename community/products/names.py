"""What products and topics may be called."""

from __future__ import annotations

from slugify import slugify

from community.core.errors import Invalid
from community.core.i18n import _l

NAME_LENGTH = 60


def named(given: str) -> tuple[str, str]:
    """Return a name and its slug. Raises Invalid for one that pages cannot show."""
    name = " ".join(given.split())
    slug = slugify(name)[:NAME_LENGTH]
    if not slug or len(name) > NAME_LENGTH:
        raise Invalid(_l("A name has 1 to 60 characters, letters or figures among them."))
    return name, slug
