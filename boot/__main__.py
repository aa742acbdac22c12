"""Start the forum: check the settings, bring the database up to date, run web and worker.

python start.py             everything, until Ctrl-C
python start.py announce    wait until the forum answers, then say where it is
"""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from alembic.config import Config as AlembicConfig
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlalchemy.exc import SQLAlchemyError

from config import ROOT, Config, environment_with
from setting_checks import WrongSetting

PATIENCE = 60


def main() -> None:
    """Do what the command line says."""
    try:
        config = Config.from_environment()
    except WrongSetting as error:
        sys.exit(str(error))
    if sys.argv[1:] == ["announce"]:
        announce(config)
    else:
        start(config, "dev.conf" if sys.argv[1:] == ["dev"] else "supervisord.conf")


def start(config: Config, processes: str) -> None:
    """Make ready, then become the process manager."""
    os.umask(0o077)  # What the forum writes is for its own account alone.
    if _is_taken(config):
        sys.exit(
            f"PORT {config.PORT} is already in use on {config.HOST}: stop what listens there, "
            "or set another PORT."
        )
    if not is_up_to_date(config):
        _migrate()
    supervisord = Path(sys.executable).with_name("supervisord")
    words = [str(supervisord), "-c", str(ROOT / "boot" / processes)]
    words += ["-j", str(config.INSTANCE_FOLDER / "supervisord.pid")]
    if os.geteuid() == 0:
        words += ["-u", "root"]  # As which it is running already; else it warns.
    environment = environment_with(
        FORUM_PYTHON=sys.executable, FORUM_HOST=config.HOST, FORUM_PORT=str(config.PORT)
    )
    sys.stdout.flush()
    os.execve(supervisord, words, environment)  # noqa: S606


def is_up_to_date(config: Config) -> bool:
    """Tell whether every migration has run on the database. Fast: does not load the forum."""
    script = ScriptDirectory.from_config(_alembic())
    engine = create_engine(config.SQLALCHEMY_DATABASE_URI)
    try:
        with engine.connect() as connection:
            done = MigrationContext.configure(connection).get_current_heads()
    except SQLAlchemyError as error:
        sys.exit(f"DATABASE_URL: the database cannot be opened ({error.__cause__ or error}).")
    finally:
        engine.dispose()
    return set(done) == set(script.get_heads())


def announce(config: Config) -> None:
    """Wait until the forum answers; print its address, and the code that sets a new one up."""
    end = time.monotonic() + PATIENCE
    while (state := _state(config)) is None:
        if time.monotonic() > end:
            sys.exit(f"The forum did not answer in {PATIENCE} seconds. What is said above helps.")
        time.sleep(0.2)
    lines = ["", f"  The forum is open: {config.BASE_URL}"]
    if not state["set_up"]:
        lines.append(f"  It is new. Set it up there with this code: {_flask('site', 'code')}")
    print("\n".join([*lines, "  Ctrl-C closes it.", ""]), flush=True)


def _alembic() -> AlembicConfig:
    settings = AlembicConfig()
    settings.set_main_option("script_location", str(ROOT / "migrations"))
    return settings


def _migrate() -> None:
    """Run the migrations; say so, for on a large forum it takes its time."""
    print("Bringing the database up to date ...", flush=True)
    _flask("db", "upgrade")


def _flask(*command: str) -> str:
    """Run a command of the forum and return what it says; give up if it fails."""
    words = [sys.executable, "-m", "flask", "--app", "wsgi", *command]
    done = subprocess.run(words, cwd=ROOT, check=False, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        sys.exit(f"{done.stdout}{done.stderr}\n`flask {' '.join(command)}` failed.")
    return done.stdout.strip()


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
