"""What can be set is explained, and nothing else is."""

import re
from dataclasses import MISSING
from pathlib import Path

import community.app  # noqa: F401 - every package names its settings when it is imported
from community.panel.queries.settings import changeable
from config import settings_of_the_environment

PAGE = Path("docs/settings.md").read_text()
EXPLAINED = re.findall(r"^\| `([A-Z_]+)` \| (.+?) \|", PAGE, re.MULTILINE)


def test_the_page_on_settings_explains_each_one_once():
    names = [name for name, _default in EXPLAINED]
    assert sorted(names) == sorted(each.name for each in settings_of_the_environment())


def test_the_page_on_settings_tells_the_true_defaults():
    told = dict(EXPLAINED)
    for setting in settings_of_the_environment():
        default = setting.default
        if default is True:
            assert told[setting.name] == "`on`"
        elif isinstance(default, int) or (isinstance(default, str) and default):
            assert told[setting.name] == f"`{default}`"
        elif default is MISSING or not isinstance(default, str):
            assert "instance" in told[setting.name], setting.name


def test_the_page_on_settings_tells_what_may_change_while_the_forum_runs():
    rows = [f"| `{each.name}` | {_told(each)} | {each.meaning} |" for each in changeable()]
    told = re.findall(r"^\| `[a-z_][a-z_0-9]*` \| .+ \|$", PAGE, re.MULTILINE)
    assert told == rows, "The table in docs/settings.md should read:\n" + "\n".join(rows)


def _told(setting):
    return "empty" if setting.default == "" else f"`{setting.default}`"
