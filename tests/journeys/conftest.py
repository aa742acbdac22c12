"""Whole forums as they run, and the people who use them in a real browser."""

from __future__ import annotations

import http.client
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from community.core.i18n import catalog
from config import environment_with, settings_of_the_environment
from tests.boot.conftest import ROOT, free_port, wait_until
from tests.factories import PASSWORD

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
DESKTOP = {"viewport": {"width": 1280, "height": 800}}
# Each language has a forum of its own.
BOTH = ["en", "es"]
SCRIPT_SETTLED = "html[data-awake]"


@dataclass(frozen=True)
class Forum:
    """A forum that runs with its default settings, on a database of its own."""

    address: str
    instance: Path
    language: str

    def says(self, words: str, **values: str) -> str:
        """Return English words of the interface as this forum says them."""
        said = catalog(self.language).gettext(words)
        assert said != words or self.language == "en", f"{words} has no translation"
        return said % values if values else said

    def rows(self, statement: str, *values: str) -> list[tuple]:
        """Look something up in the database."""
        with closing(sqlite3.connect(self.instance / "tertulia.db", timeout=10)) as database:
            return database.execute(statement, values).fetchall()

    def end_all_sessions(self) -> None:
        """End everybody's session, as if it had lasted too long."""
        with closing(sqlite3.connect(self.instance / "tertulia.db", timeout=10)) as database:
            database.execute("DELETE FROM sessions")
            database.commit()


class Person:
    """Somebody with a browser of their own. What goes wrong in its console is noted."""

    def __init__(self, browser, forum: Forum, **kind) -> None:
        self.forum = forum
        self.browser = browser.new_context(
            base_url=forum.address, locale=forum.language, service_workers="block", **kind
        )
        self.script = kind.get("java_script_enabled", True)
        self.problems: list[str] = []
        self.forgiven: list[str] = []
        self.page = self.browser.new_page()
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.set_default_timeout(15_000)

    def _note(self, message) -> None:
        said = f"{message.text} ({message.location['url']})"
        if message.type in {"error", "warning"}:
            self.problems.append(said)

    def says(self, words: str, **values: str) -> str:
        return self.forum.says(words, **values)

    def forgive(self, problem: str) -> None:
        """Expect something in the console, such as a page that is not found."""
        self.forgiven.append(problem)

    def unforgiven(self) -> list[str]:
        return [each for each in self.problems if not any(f in each for f in self.forgiven)]

    def opens(self, path: str):
        self.page.goto(path)
        return self.settled()

    def settled(self):
        """Wait until the scripts of the page are awake, where there are any."""
        if self.script:
            self.page.wait_for_selector(SCRIPT_SETTLED, state="attached")
        return self.page

    def logs_in(self, handle: str):
        self.opens("/login")
        self.gives_password(handle)
        self.page.wait_for_url(lambda url: "/login" not in url)
        return self

    def gives_password(self, handle: str) -> None:
        main = self.page.get_by_role("main")
        main.locator("[name=name]").fill(handle)
        main.locator("[name=password]").fill(PASSWORD)
        main.get_by_role("button", name=self.says("Log in"), exact=True).click()

    def presses(self, words: str, within=None) -> None:
        """Press the button that says this; it leads to a page."""
        place = within or self.page.get_by_role("main")
        with self.page.expect_navigation():
            place.get_by_role("button", name=self.says(words), exact=True).first.click()
        self.settled()

    def follows(self, words: str, within=None) -> None:
        place = within or self.page.get_by_role("main")
        with self.page.expect_navigation():
            place.get_by_role("link", name=self.says(words), exact=True).first.click()
        self.settled()

    def reads(self, words: str) -> None:
        """Wait until the page says this where it can be seen."""
        said = self.page.get_by_role("main").get_by_text(self.says(words))
        said.locator("visible=true").first.wait_for()

    def is_told(self, words: str) -> None:
        self.page.locator(".notice", has_text=self.says(words)).wait_for()

    def answers_in(self, text: str) -> None:
        self.page.locator("#your-answer textarea").fill(text)
        self.presses("Send answer", self.page.locator("#your-answer"))

    def answer_with(self, text: str):
        return self.page.locator(".answer", has_text=text)


def _settings(instance: Path, port: int) -> dict[str, str]:
    # An empty setting is the default, whatever the surroundings say.
    plain = {setting.name: "" for setting in settings_of_the_environment()}
    given = {"INSTANCE_FOLDER": str(instance), "PORT": str(port), "WORKERS": "1", "PAGE_SIZE": "6"}
    return environment_with(**(plain | given))


def _python(*arguments: str, settings: dict[str, str], log) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", *arguments],
        cwd=ROOT, env=settings, stdout=log, stderr=subprocess.STDOUT,
    )  # fmt: skip


def _is_open(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/login")
        return connection.getresponse().status < 500
    except OSError:
        return False
    finally:
        connection.close()


class Street:
    """The forums of this run. Each is filled and started when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.open: dict[str, Forum] = {}
        self.servers: list[subprocess.Popen] = []

    def forum(self, language: str, *, empty: bool = False) -> Forum:
        name = "empty" if empty else language
        if name not in self.open:
            self.open[name] = self._start(name, language, empty)
        return self.open[name]

    def _start(self, name: str, language: str, empty: bool) -> Forum:
        instance, port = self.folder / name, free_port()
        settings = _settings(instance, port)
        path = self.folder / f"{name}.log"
        with path.open("w") as log:
            words = [] if empty else [language]
            fill = _python("tests.journeys.community_of_tests", *words, settings=settings, log=log)
            assert fill.wait(180) == 0, path.read_text()
            self.servers.append(_python("community.boot.server", settings=settings, log=log))
        wait_until(lambda: _is_open(port))
        return Forum(f"http://127.0.0.1:{port}", instance, language)

    def close(self) -> None:
        for server in self.servers:
            server.send_signal(signal.SIGTERM)
        for server in self.servers:
            try:
                server.wait(15)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


@pytest.fixture(scope="session")
def street(tmp_path_factory):
    street = Street(tmp_path_factory.mktemp("street"))
    yield street
    street.close()


@pytest.fixture
def forum(street, language) -> Forum:
    return street.forum(language)


@pytest.fixture
def enters(browser, forum):
    """Let people come: enters("ana"), enters(**PHONE). Their consoles stay silent."""
    people: list[Person] = []

    def _enters(handle: str = "", *, of: Forum = forum, **kind) -> Person:
        person = Person(browser, of, **(kind or DESKTOP))
        people.append(person)
        return person.logs_in(handle) if handle else person

    yield _enters
    for person in people:
        person.browser.close()
    assert [problem for person in people for problem in person.unforgiven()] == []
