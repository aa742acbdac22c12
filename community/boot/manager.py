"""The process manager: supervisor, which keeps the forum running. docs/decisions/0002 says why it.

Started by `python -m community.boot`, with the settings of supervisord.conf or dev.conf.
"""

from __future__ import annotations

from supervisor import supervisord


class Manager(supervisord.Supervisor):  # type: ignore[misc]
    """Supervisor, but it starts what it manages at once: its own loop first waits for a second."""

    def runforever(self) -> None:
        """Start everything, then look after it."""
        for group in self.process_groups.values():
            group.transition()
        super().runforever()


if __name__ == "__main__":
    supervisord.Supervisor = Manager
    supervisord.main()
