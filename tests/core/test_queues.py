"""The queue loads no driver of a server that the settings do not name."""

import subprocess
import sys

from tests.boot.conftest import ROOT

CODE = """
import sys
from community.app import create_app
from config import Config
given = {"INSTANCE_FOLDER": sys.argv[1], "REDIS_URL": sys.argv[2]}
app = create_app(Config.from_environment(given))
print("huey" in sys.modules, "redis" in sys.modules, "psycopg" in sys.modules)
"""


def loaded(folder, redis_url):
    words = [sys.executable, "-c", CODE, str(folder), redis_url]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_drivers_that_nobody_uses_are_not_loaded(tmp_path):
    assert loaded(tmp_path, "") == "True False False\n"


def test_the_driver_that_is_used_is_loaded(tmp_path):
    assert loaded(tmp_path, "redis://127.0.0.1:1/0") == "True True False\n"
