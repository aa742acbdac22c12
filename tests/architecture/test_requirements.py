"""What the code imports is what gets installed."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

OWN = {"community", "config", "wsgi", "bench", "tests"}


def imported():
    for path in [*Path("community").rglob("*.py"), Path("config.py"), Path("wsgi.py")]:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                yield from (alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield node.module.split(".")[0]


def test_every_library_that_is_imported_is_a_requirement():
    pinned = re.findall(r"^([a-z0-9.-]+)==", Path("requirements.txt").read_text(), re.MULTILINE)
    distributions = packages_distributions()
    libraries = set(imported()) - OWN - set(sys.stdlib_module_names) - {"_typeshed"}
    missing = {
        name
        for name in libraries
        if not any(
            each.lower().replace("_", "-") in pinned for each in distributions.get(name, [name])
        )
    }
    assert missing == set()


def test_what_checks_the_forum_has_all_that_it_runs_with():
    pin = re.compile(r"^([a-z0-9.-]+(?:\[[a-z0-9,-]+\])?==[^ ;\\]+)", re.MULTILINE)
    runs, checks = (
        set(pin.findall(Path(name).read_text()))
        for name in ("requirements.txt", "requirements-dev.txt")
    )
    assert runs - checks == set()
