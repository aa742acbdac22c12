"""Pictures from strangers become pictures of ours: decoded in a child process and written anew."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from community.core.errors import Invalid
from community.core.i18n import _l

ROOT = Path(__file__).parents[2]
LARGEST = 5 << 20  # bytes
LIMIT = 10.0  # seconds
REASONS: dict[str, Any] = {
    "size": _l("This picture is larger than 5 MB. Please make it smaller."),
    "kind": _l("This is not a picture we can show. Please use JPEG, PNG, GIF or WebP."),
    "pixels": _l("This picture has too many pixels. Please make it smaller."),
    "frames": _l("This animation is too long. Please shorten it."),
    "broken": _l("This picture is damaged. Please save it again or take a screenshot of it."),
    "effort": _l("This picture takes too long to open. Please save it again or use another one."),
}
# Each child may take 768 MB; one at a time keeps that from multiplying.
_one_at_a_time = threading.Lock()


@dataclass(frozen=True)
class Picture:
    """A picture that holds its pixels and nothing else; sizes in pixels."""

    data: bytes = field(repr=False)
    extension: Literal["png", "jpg", "gif", "webp"]
    width: int
    height: int


def reencode(data: bytes, square: int = 0) -> Picture:
    """Return the picture upright, without metadata, in the same format.

    With square, its middle is cut out, with sides of so many pixels, and it stands still.
    Raises Invalid with a sentence for the person who sent it.
    """
    if len(data) > LARGEST:
        raise Invalid(REASONS["size"])
    if not data:
        raise Invalid(REASONS["kind"])
    head, new = _ask_child(data, square)
    if "refused" in head:
        raise Invalid(REASONS.get(head["refused"], REASONS["broken"]))
    if len(new) > 2 * LARGEST:
        raise Invalid(REASONS["size"])
    return Picture(data=new, **head)


def _ask_child(data: bytes, square: int) -> tuple[dict[str, Any], bytes]:
    try:
        with _one_at_a_time:
            done = subprocess.run(
                [sys.executable, "-W", "ignore", "-m", "community.core.image_worker", str(square)],
                input=data, capture_output=True, timeout=LIMIT, cwd=ROOT, env={}, check=True,
            )  # fmt: skip
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise Invalid(REASONS["effort"]) from error
    head, _, new = done.stdout.partition(b"\n")
    return json.loads(head), new
