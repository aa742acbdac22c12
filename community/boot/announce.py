"""Say where the forum is, once it answers, and how to set it up if it is new.

python -m community.boot.announce
"""

from __future__ import annotations

import http.client
import json
import sys
import time
from typing import Any

from community.site.first_code import code_of
from config import Config

PATIENCE = 60


def main() -> None:
    """Wait until the forum answers; print its address, and the code that sets a new one up."""
    config = Config.from_environment()
    end = time.monotonic() + PATIENCE
    while (state := _state(config)) is None:
        if time.monotonic() > end:
            sys.exit(f"The forum did not answer in {PATIENCE} seconds. What is said above helps.")
        time.sleep(0.1)
    lines = ["", f"  The forum is open: {config.BASE_URL}"]
    if not state["set_up"]:
        lines.append(f"  It is new. Set it up there with this code: {code_of(config.SECRET_KEY)}")
    print("\n".join([*lines, "  Ctrl-C closes it.", ""]), flush=True)


def _state(config: Config) -> dict[str, Any] | None:
    """Return what the forum says of itself, or None while it says nothing."""
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(config.HOST, config.HOST)  # noqa: S104
    connection = http.client.HTTPConnection(host, config.PORT, timeout=5)
    try:
        connection.request("GET", "/healthz")
        state: dict[str, Any] = json.loads(connection.getresponse().read())
    except (OSError, http.client.HTTPException, ValueError):
        return None
    finally:
        connection.close()
    return state


if __name__ == "__main__":
    main()
