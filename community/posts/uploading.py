"""Taking in a picture: checked and written anew before anything is stored."""

from __future__ import annotations

import re
import secrets
import unicodedata
from dataclasses import dataclass

from community.core.files import storage
from community.core.images import reencode
from community.core.policy import require
from community.members.models import Member
from community.posts import services
from community.posts.models import Attachment
from community.posts.pace import check_pace
from community.posts.policies import may_upload

LONGEST_FILENAME = 120
LONGEST_ALT = 200


@dataclass(frozen=True)
class Sent:
    """A file as it came: its bytes, what it was called, and what the picture shows."""

    data: bytes
    filename: str = ""
    alt: str = ""


def take(actor: Member, sent: Sent) -> Attachment:
    """Keep a picture of a member until a post shows it.

    It is decoded outside of any transaction: that takes time, and writers would wait. Raises
    Forbidden, TooMany, or Invalid with what is wrong with the picture.
    """
    require(may_upload(actor))
    check_pace(actor, len(sent.data))
    picture = reencode(sent.data)
    upload = services.Upload(
        name=f"{secrets.token_hex(16)}.{picture.extension}",
        filename=_plain_name(sent.filename),
        alt=" ".join(sent.alt.split())[:LONGEST_ALT],
        size=len(picture.data),
        width=picture.width,
        height=picture.height,
    )
    storage().save(upload.name, picture.data)
    try:
        return services.keep_picture(actor, upload)
    except BaseException:
        storage().delete(upload.name)
        raise


def markdown_of(picture: Attachment) -> str:
    """Return the Markdown that shows a picture."""
    alt = re.sub(r"[\\`\[\]<>]+", " ", picture.alt)
    return f"![{' '.join(alt.split())}](/uploads/{picture.name})"


def name_for_download(picture: Attachment) -> str:
    """Return what the file is called when somebody saves it; the ending is always the true one."""
    extension = picture.name.rpartition(".")[2]
    return f"{picture.filename or 'picture'}.{extension}"


def _plain_name(filename: str) -> str:
    """Return the name without folders, ending and characters that only confuse."""
    last = re.split(r"[/\\]", filename)[-1].rpartition(".")
    name = last[0] or last[2]
    kept = "".join(letter if _is_plain(letter) else " " for letter in name)
    return " ".join(kept.split()).strip(". ")[:LONGEST_FILENAME]


def _is_plain(letter: str) -> bool:
    return letter in "-_. ()" or unicodedata.category(letter)[0] in "LN"
