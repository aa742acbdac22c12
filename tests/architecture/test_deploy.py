"""The examples in deploy/ fit the forum: its settings, its commands, its files and its limits."""

import re
from configparser import ConfigParser
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml

from config import Config, settings_of_the_environment

DEPLOY = Path("deploy")
KNOWN = {setting.name for setting in settings_of_the_environment()}
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
OURS = {name: each for name, each in COMPOSE["services"].items() if "build" in each}
MODULE = re.compile(r"python.* -m ([a-z_.]+)$")


def test_compose_starts_two_web_nodes_a_worker_and_what_they_need():
    assert OURS.keys() == {"migrate", "web1", "web2", "worker"}
    assert COMPOSE["services"].keys() - OURS.keys() == {"postgresql", "redis", "proxy"}


@pytest.mark.parametrize("name", OURS)
def test_compose_sets_only_settings_that_there_are(name):
    service = OURS[name]
    assert service["environment"].keys() <= KNOWN
    module = MODULE.search(" ".join(service.get("command", [])))
    assert module is None or find_spec(module[1])
    assert service["depends_on"].keys() <= COMPOSE["services"].keys()
    volumes = {each.split(":")[0] for each in service["volumes"]}
    assert volumes <= COMPOSE["volumes"].keys()


def test_the_example_of_the_environment_names_all_that_compose_asks_for():
    asked = set(re.findall(r"\$\{([A-Z_]+)\}", (DEPLOY / "compose.yaml").read_text()))
    named = re.findall(r"^([A-Z_]+)=", (DEPLOY / "example.env").read_text(), re.MULTILINE)
    assert asked == set(named)


@pytest.mark.parametrize("name", ["forum-web", "forum-worker"])
def test_the_units_start_what_there_is(name):
    unit = ConfigParser(interpolation=None, strict=False)
    unit.optionxform = str
    unit.read(DEPLOY / "systemd" / f"{name}.service")
    assert find_spec(MODULE.search(unit["Service"]["ExecStart"])[1])
    assert unit["Service"]["Restart"] == "always"
    assert unit["Service"]["ReadWritePaths"].startswith(unit["Service"]["WorkingDirectory"])


def test_the_image_holds_all_that_it_starts_and_is_sent_no_more():
    lines = (DEPLOY / "Dockerfile").read_text().splitlines()
    copied = {word for line in lines if line.startswith("COPY") for word in line.split()[1:-1]}
    assert all(Path(each).exists() for each in copied)
    sent = (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
    assert {line.removeprefix("!") for line in sent if line.startswith("!")} == copied
    command = yaml.safe_load(lines[-1].removeprefix("CMD "))
    assert find_spec(MODULE.search(" ".join(command))[1])


@pytest.mark.parametrize(("name", "largest"), [("nginx.conf", "size (6)m"), ("Caddyfile", "(6)MB")])
def test_proxies_let_the_largest_request_through_and_hide_the_metrics(name, largest):
    text = (DEPLOY / name).read_text()
    assert int(re.search(largest, text)[1]) * 1024 * 1024 == Config.MAX_CONTENT_LENGTH
    assert re.search(r"/metrics( \{\s+return)? 404", text)
    assert "web1:8000 web2:8000" in text or text.count(":8000 ") == 2
