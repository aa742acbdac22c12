"""The examples in deploy/ fit the forum: its settings, its commands, its files and its limits."""

import re
import shutil
import subprocess
from configparser import ConfigParser
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml

from config import Config, environment_with, settings_of_the_environment

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
    asked = set(re.findall(r"\$\{([A-Z_]+)(?::-)?\}", (DEPLOY / "compose.yaml").read_text()))
    named = re.findall(r"^([A-Z_]+)=", (DEPLOY / "example.env").read_text(), re.MULTILINE)
    assert asked == set(named)


@pytest.mark.parametrize("name", ["forum-web", "forum-worker"])
def test_the_units_start_what_there_is(name):
    unit = ConfigParser(interpolation=None, strict=False)
    unit.optionxform = str
    unit.read(DEPLOY / "systemd" / f"{name}.service")
    assert find_spec(MODULE.search(unit["Service"]["ExecStart"])[1])
    assert unit["Service"]["Restart"] == "always"
    written = unit["Service"]["ReadWritePaths"]
    assert written.startswith(unit["Service"]["WorkingDirectory"])
    # systemd starts nothing where a folder that may be written is not there.
    assert unit["Service"]["ExecStartPre"].startswith("+/usr/bin/install -d")
    assert unit["Service"]["ExecStartPre"].endswith(f" {written}")


def test_the_environment_of_the_units_is_settings_and_listens_where_nginx_asks(tmp_path):
    given = dict(
        line.split("=", 1)
        for line in (DEPLOY / "systemd" / "forum.env").read_text().splitlines()
        if line and not line.startswith("#")
    )
    assert given.keys() <= KNOWN
    asked = re.findall(r"^\s+server (\S+)", (DEPLOY / "nginx.conf").read_text(), re.MULTILINE)
    assert f"{given['HOST']}:{given['PORT']}" in asked
    given = {name: value.strip('"') for name, value in given.items()}
    config = Config.from_environment(
        given | {"SECRET_KEY": "x" * 32, "INSTANCE_FOLDER": "instance"}
    )
    assert config.TRUSTED_PROXIES == 1


def test_the_image_holds_all_that_it_starts_and_is_sent_no_more():
    lines = (DEPLOY / "Dockerfile").read_text().splitlines()
    copied = {word for line in lines if line.startswith("COPY") for word in line.split()[1:-1]}
    assert all(Path(each).exists() for each in copied)
    sent = (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
    assert {line.removeprefix("!") for line in sent if line.startswith("!")} == copied
    compiled = next(number for number, line in enumerate(lines) if "compileall" in line)
    assert compiled < lines.index("USER forum")
    command = yaml.safe_load(lines[-1].removeprefix("CMD "))
    assert find_spec(MODULE.search(" ".join(command))[1])


@pytest.mark.parametrize(
    ("name", "largest"), [("nginx.conf", "size (6)m"), ("Caddyfile", "(6)MiB")]
)
def test_proxies_let_the_largest_request_through_and_hide_the_metrics(name, largest):
    text = (DEPLOY / name).read_text()
    assert int(re.search(largest, text)[1]) * 1024 * 1024 == Config.MAX_CONTENT_LENGTH
    assert re.search(r"/metrics( \{\s+return)? 404", text)
    assert "web1:8000 web2:8000" in text or text.count(":8000 ") == 2


@pytest.mark.parametrize(
    ("name", "own"),
    [("nginx.conf", "proxy_set_header X-Request-Id $request_id;"),
     ("Caddyfile", "header_up X-Request-Id {http.request.uuid}")],
)  # fmt: skip
def test_proxies_name_requests_themselves(name, own):
    assert own in (DEPLOY / name).read_text()
    assert own.rstrip(";") in Path("docs/running.md").read_text()


def test_balancers_ask_whether_a_node_lives_not_whether_all_is_well():
    assert "health_uri /livez" in (DEPLOY / "Caddyfile").read_text()
    assert "/livez" in OURS["web1"]["healthcheck"]["test"][-1]
    assert OURS["web1"]["healthcheck"] == OURS["web2"]["healthcheck"]
    # Else nginx leaves a node alone that says that the database is away.
    tried = re.search(r"proxy_next_upstream (.*);", (DEPLOY / "nginx.conf").read_text())[1]
    assert tried.split() == ["error", "timeout"]


def found(program):
    """Return where a program is; skip the test if it is not there."""
    path = shutil.which(program, path=f"{environment_with()['PATH']}:/usr/sbin")
    if path is None:
        pytest.skip(f"there is no {program} here: apt-get install {program}")
    return path


def run(*words, **environment):
    return subprocess.run(
        words, env=environment_with(**environment), capture_output=True, text=True, check=False
    )


def test_caddy_takes_its_example(tmp_path):
    words = ["validate", "--adapter", "caddyfile", "--config", str(DEPLOY / "Caddyfile")]
    said = run(found("caddy"), *words, FORUM_HOST="forum.example.org", HOME=str(tmp_path))
    assert said.returncode == 0, said.stderr
    assert "Valid configuration" in said.stdout + said.stderr


def test_nginx_takes_its_example(tmp_path):
    """With a certificate of its own in place of that of Let's Encrypt."""
    keys = ["-keyout", str(tmp_path / "privkey.pem"), "-out", str(tmp_path / "fullchain.pem")]
    subject = ["-subj", "/CN=forum.example.org", "-days", "1"]
    made = run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *keys, *subject)
    assert made.returncode == 0, made.stderr
    example = (DEPLOY / "nginx.conf").read_text()
    example = example.replace("/etc/letsencrypt/live/forum.example.org", str(tmp_path))
    (tmp_path / "forum.conf").write_text(example)
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/pid; error_log stderr; events {{}}\n"
        f"http {{ access_log off; include {tmp_path}/forum.conf; }}"
    )
    words = ["-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")]
    said = run(found("nginx"), *words)
    assert said.returncode == 0, said.stderr
    assert "test is successful" in said.stderr
