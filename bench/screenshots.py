"""Take the pictures in the README: a new forum with the sample community, seen by a visitor.

Run in the folder of the forum, with Chromium installed: python -m bench.screenshots
"""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.error import URLError
from urllib.request import urlopen

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from config import ROOT, environment_with

FOLDER = ROOT / "docs" / "images"
with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    PORT = str(probe.getsockname()[1])
ADDRESS = f"http://127.0.0.1:{PORT}"
THREAD = "/search?q=espresso+nine+seconds+sour"
SET_UP = [
    *("site", "set-up", "--brand", "Tostalba", "--admin-email", "ada@example.org"),
    *("--admin-name", "Ada Admin", "--admin-password-stdin", "--sample"),
]
COLOURS = 128  # Enough for a page of text; the files are a third of their size.


@contextmanager
def forum() -> Iterator[None]:
    """Run a new forum with the sample community while the pictures are taken."""
    with TemporaryDirectory() as folder:
        environment = environment_with(INSTANCE_FOLDER=folder, PORT=PORT, WORKERS="1")
        flask = [sys.executable, "-m", "flask", "--app", "wsgi"]
        for words, said in [(["db", "upgrade"], ""), (SET_UP, "lamp grinder copper 27\n")]:
            subprocess.run(
                [*flask, *words], cwd=ROOT, env=environment, input=said, text=True, check=True
            )
        for words in (["search", "rebuild"], ["seo", "sitemaps"]):
            subprocess.run([*flask, *words], cwd=ROOT, env=environment, check=True)
        server = subprocess.Popen(
            [sys.executable, "-m", "community.boot.server"], cwd=ROOT, env=environment
        )
        try:
            _wait_until_open()
            yield
        finally:
            server.terminate()
            server.wait()


def _wait_until_open() -> None:
    for _attempt in range(100):
        try:
            urlopen(f"{ADDRESS}/login", timeout=5).close()  # noqa: S310
        except (URLError, ConnectionError):
            time.sleep(0.2)
        else:
            return
    sys.exit("The forum did not open.")


def take_home(browser: Browser) -> None:
    """Take a picture of the home page on a wide screen."""
    page = browser.new_page(viewport={"width": 1200, "height": 800}, base_url=ADDRESS)
    page.goto("/")
    save(page, "home")


def take_solution(browser: Browser) -> None:
    """Take a picture of the solution of a question on a phone."""
    page = browser.new_page(viewport={"width": 390, "height": 800}, base_url=ADDRESS)
    page.goto(THREAD)
    page.locator("ol.question-list a").first.click()
    page.get_by_role("link", name="Go to the solution").click()
    save(page, "solution")


def save(page: Page, name: str) -> None:
    """Write what the page shows once it is at rest."""
    page.wait_for_selector("html[data-awake]", state="attached")
    path = FOLDER / f"{name}.png"
    page.screenshot(path=path, animations="disabled")
    page.close()
    make_small(path)


def make_small(path: Path) -> None:
    """Write a picture again with few colours."""
    with Image.open(path) as picture:
        few = picture.convert("RGB").quantize(COLOURS)
    few.save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1024} KB")


def main() -> None:
    """Take both pictures."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("Chromium is needed: apt-get install chromium")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with forum(), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        take_home(browser)
        take_solution(browser)
        browser.close()


if __name__ == "__main__":
    main()
