"""Memory that a worker has no more use for goes back to the system: great jobs are rare."""

from __future__ import annotations

import gc
from contextlib import suppress


def give_back() -> None:
    """Give back what is free. Where the C library cannot (only glibc's can), nothing happens."""
    import ctypes  # noqa: PLC0415, only workers need it

    gc.collect()
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
