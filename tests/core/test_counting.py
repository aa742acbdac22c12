"""Who may not ask costs nothing: tests/boot/test_counting.py has the counting itself."""

import subprocess
import sys

from community.core import counting
from config import ROOT, environment_with

LOOK = """
import sys
import wsgi
wsgi.app.test_client().get("/healthz")
print("prometheus_client" in sys.modules)
"""


def loads_the_library(tmp_path, token):
    environment = environment_with(
        INSTANCE_FOLDER=str(tmp_path), DATABASE_URL="", METRICS_TOKEN=token
    )
    said = subprocess.run(
        [sys.executable, "-c", LOOK], cwd=ROOT, env=environment, capture_output=True, check=True
    ).stdout
    return said.split()[-1] == b"True"


def test_without_a_token_nothing_is_counted(app, tmp_path):
    assert counting.of(app) is None
    assert not loads_the_library(tmp_path, "")
    assert not (tmp_path / "counts").exists()


def test_with_a_token_a_process_counts_into_a_file_of_its_own(tmp_path):
    assert loads_the_library(tmp_path, "swordfish-swordfish")
    files = [path.name.partition("_")[0] for path in (tmp_path / "counts").iterdir()]
    assert sorted(files) == ["counter", "histogram"]
