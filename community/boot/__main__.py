"""Start the forum: check the settings, bring the database up to date, run web and worker.

python -m community.boot        everything, until Ctrl-C
python -m community.boot dev    the same for development: it starts again when a file changes
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys

from community.boot import migrations
from community.core.setting_checks import WrongSetting
from config import ROOT, Config, environment_with


def main() -> None:
    """Do what the command line says."""
    try:
        config = Config.from_environment()
    except WrongSetting as error:
        sys.exit(str(error))
    start(config, "dev.conf" if sys.argv[1:] == ["dev"] else "supervisord.conf")


def start(config: Config, processes: str) -> None:
    """Make ready, then become the process manager."""
    os.umask(0o077)  # What the forum writes is for its own account alone.
    if _is_taken(config):
        sys.exit(
            f"PORT {config.PORT} is already in use on {config.HOST}: stop what listens there, "
            "or set another PORT."
        )
    if not migrations.are_done(config):
        _migrate()
    words = [sys.executable, "-m", "community.boot.manager"]
    words += ["-c", str(ROOT / "community" / "boot" / processes)]
    words += ["-j", str(config.INSTANCE_FOLDER / "supervisord.pid")]
    if os.geteuid() == 0:
        words += ["-u", "root"]  # As which it is running already; else it warns.
    environment = environment_with(
        FORUM_PYTHON=sys.executable, FORUM_HOST=config.HOST, FORUM_PORT=str(config.PORT)
    )
    sys.stdout.flush()
    os.chdir(ROOT)
    os.execve(sys.executable, words, environment)  # noqa: S606


def _migrate() -> None:
    """Run the migrations; say so, for on a large forum it takes its time."""
    print("Bringing the database up to date ...", flush=True)
    words = [sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade"]
    done = subprocess.run(words, cwd=ROOT, check=False, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        sys.exit(f"{done.stdout}{done.stderr}\nThe database could not be brought up to date.")


def _is_taken(config: Config) -> bool:
    """Tell whether something else listens on the port."""
    family = socket.AF_INET6 if ":" in config.HOST else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((config.HOST, config.PORT))
        except PermissionError:
            sys.exit(f"PORT {config.PORT} may only be used by root; take one above 1023.")
        except OSError:
            return True
    return False


if __name__ == "__main__":
    main()
