"""What can be wrong with a backup. The messages are for who runs the forum."""

from __future__ import annotations


class BackupError(Exception):
    """The backup cannot be made, or cannot be restored. Nothing was changed."""
