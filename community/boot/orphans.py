"""No process of the forum outlives the one that started it and looks after it."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # Linux: a signal that the kernel sends to a process whose parent dies


def end_with(parent: int) -> None:
    """Let this process end when its parent is gone. Other systems than Linux have no such thing."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            sys.exit(1)
