"""What people may be called: handles that nobody can imitate, and names that cannot trick a page.

A handle is unique, written in one script, and spoken to as @handle. The name that is shown need not
be unique. That somebody belongs to the staff is told by the staff title alone.
"""

from __future__ import annotations

import re
import unicodedata

from community.core.errors import Invalid
from community.core.i18n import _l
from community.members.confusables import scripts_of, skeleton

SHORTEST_HANDLE, LONGEST_HANDLE = 3, 30
LONGEST_NAME = 60
LONGEST_SKELETON = 60
MOST_MARKS = 2

# Words that speak for the house, and words that addresses and programs use.
OFFICE = frozenset(
    "admin administrator moderator mod staff support official team help helpdesk system root "
    "security billing contact info webmaster postmaster hostmaster abuse noreply owner "
    "soporte ayuda equipo oficial moderador administrador".split()
)
RESERVED = OFFICE | frozenset(
    "admin all anonymous answers api app assets aux avatars badges brand channel comments complete "
    "con confirm cookies deleted drafts edit email email-change everyone favicon feed feeds feedback "
    "former forum group guest healthz help here home ideas imported index join language "
    "login logout mail mailer-daemon me member members messages moderation nan new news nobody none "
    "notifications nul null password password-reset posts preview privacy prn products profile "
    "questions register robots rss search settings setup set-up sign-in sign-up signin signup site sitemap "
    "static status tag tags terms topics true false undefined unknown upload uploads user users "
    "votes well-known writing www you".split()
)
_HANDLE = re.compile(r"[^\W_](?:[\w-]*[^\W_])?")
_PUNCTUATION = set("'’ʼ.-,·()& ")
_LIKE_AN_ADDRESS = re.compile(r"://|\bwww\b|@|[^\s.]{2,}\.[^\W\d_]{2,}", re.IGNORECASE)


def handle_from(text: str) -> str:
    """Return the form of a handle in which it is stored: characters composed, small.

    Characters that only stand for others, such as wide ones, are left for the check to refuse.
    """
    return unicodedata.normalize("NFC", text.strip().removeprefix("@").casefold())


def check_handle(handle: str, brand: str = "") -> None:
    """Say what is wrong with a handle in its stored form. Raises Invalid."""
    if not SHORTEST_HANDLE <= len(handle) <= LONGEST_HANDLE:
        raise Invalid(_l("A handle has 3 to 30 characters."), field="handle")
    composed = unicodedata.is_normalized("NFKC", handle)
    if not composed or not _HANDLE.fullmatch(handle) or re.search(r"[-_]{2}", handle):
        raise Invalid(
            _l(
                "A handle is made of letters, digits, - and _, and begins and ends with a letter or digit."
            ),
            field="handle",
        )
    if len(scripts_of(handle)) > 1:
        raise Invalid(
            _l("A handle is written in one alphabet, so that nobody can be imitated."),
            field="handle",
        )
    if _bare(handle) in _reserved() | {_bare(brand)}:
        raise Invalid(_l("This handle is reserved. Please choose another one."), field="handle")
    if not any(character.isalpha() for character in handle):
        raise Invalid(_l("A handle has at least one letter."), field="handle")
    if len(skeleton(handle)) > LONGEST_SKELETON:
        raise Invalid(_l("A handle has 3 to 30 characters."), field="handle")


def name_from(text: str) -> str:
    """Return a name in the form in which it is stored: spaces made one, characters composed."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def check_name(name: str, brand: str = "") -> None:
    """Say what is wrong with a name in its stored form. Raises Invalid."""
    if not 1 <= len(name) <= LONGEST_NAME or not any(c.isalpha() for c in name):
        raise Invalid(_l("A name has at least one letter and at most 60 characters."), field="name")
    if _LIKE_AN_ADDRESS.search(name):
        raise Invalid(_l("A name cannot contain an address."), field="name")
    if not all(map(_may_stand_in_a_name, name)) or _has_stacked_marks(name):
        raise Invalid(
            _l("A name is made of letters, digits, spaces and . , - ' ( ) &."), field="name"
        )
    if any(len(scripts_of(word)) > 1 for word in name.split()):
        raise Invalid(_l("Each word of a name is written in one alphabet."), field="name")
    if _speaks_for_the_house(name, brand):
        raise Invalid(
            _l("This name sounds like the team of the community. Please choose another one."),
            field="name",
        )


def _may_stand_in_a_name(character: str) -> bool:
    kind = unicodedata.category(character)
    return kind[0] in "LM" or kind == "Nd" or character in _PUNCTUATION


def _has_stacked_marks(name: str) -> bool:
    marks = [unicodedata.category(c).startswith("M") for c in name]
    return marks[0] or any(
        all(run) for run in zip(*(marks[i:] for i in range(MOST_MARKS + 1)), strict=False)
    )


def _speaks_for_the_house(name: str, brand: str) -> bool:
    words = {_bare(word) for word in re.split(r"[\s.,()&-]+", name)} - {""}
    of_brand = {_bare(word) for word in brand.split()}
    return _bare(name) == _bare(brand) or words <= {_bare(word) for word in OFFICE} | of_brand


def _bare(text: str) -> str:
    """Return what a text looks like without what only separates."""
    return re.sub(r"[\W_]", "", skeleton(text))


def _reserved() -> set[str]:
    return {_bare(word) for word in RESERVED}
