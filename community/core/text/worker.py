"""The child process that renders: reads a request, writes the HTML, and may be killed any time.

A few texts make Markdown slow for minutes or hungry for memory. They harm only this process.
"""

from __future__ import annotations

import json
import resource
import signal
import socket
import struct
import sys
from typing import Any

from community.core.text.dialect import markdown_to_raw_html
from community.core.text.highlighting import highlighted
from community.core.text.sanitizing import bleached, touched_up

MEMORY = 600 << 20  # bytes of address space
# The parent kills a slow child after a second. This is for a child whose parent has died.
ALARM = 5  # seconds
HEAD = struct.Struct(">I")
GOOD, BAD = b"+", b"-"
WARM_UP = "**Warm** up\n\n```python\nprint('https://example.org')\n```\n"


def converted(request: dict[str, Any]) -> str:
    """Turn the source of a request into HTML that lacks only the last filter."""
    html = highlighted(markdown_to_raw_html(request["source"], request["mentions"]))
    return touched_up(bleached(html), request["images"])


def answer(request: bytes) -> bytes:
    """Render one request; a failure is an answer, too."""
    signal.alarm(ALARM)
    try:
        return GOOD + converted(json.loads(request)).encode()
    except Exception as error:
        # RecursionError and MemoryError among them: deep nesting, or a text that explodes.
        return BAD + type(error).__name__.encode()
    finally:
        signal.alarm(0)


def main() -> None:
    """Answer requests on file descriptor 0 until the parent closes it."""
    limit_this_process()
    converted({"source": WARM_UP, "mentions": {}, "images": {}})
    with socket.socket(fileno=0) as parent, parent.makefile("rb") as requests:
        while len(head := requests.read(HEAD.size)) == HEAD.size:
            reply = answer(requests.read(HEAD.unpack(head)[0]))
            parent.sendall(HEAD.pack(len(reply)) + reply)


def limit_this_process() -> None:
    """Allow little memory, shallow recursion, and no files to be written."""
    sys.dont_write_bytecode = True
    sys.setrecursionlimit(1500)
    for what, limit in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    ):
        resource.setrlimit(what, (limit, limit))


if __name__ == "__main__":
    main()
