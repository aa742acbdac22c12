"""Many small files on disk, few requests on the wire."""

import gzip
import re
from pathlib import Path

import brotli
import pytest
from flask import Flask

from community.core import assets
from community.core.errors import NotFound

STATIC = Path("static")


@pytest.fixture(scope="module")
def built():
    return assets.build(STATIC)


@pytest.fixture
def visitor():
    app = Flask("assets", static_folder=STATIC.absolute())
    assets.init_app(app)
    return app.test_client()


def test_every_style_sheet_travels_in_the_order_of_its_layer(built):
    text = built.files["style.css"].body.decode()
    layers = text.split(";", 1)[0]
    assert layers == "@layer tokens, reset, base, components, features, utilities, print"
    text += built.files["staff.css"].body.decode()
    for path in (STATIC / "css").rglob("*.css"):
        rule = re.search(r"^  ([.:*a-z][^{@]*?) \{", path.read_text(), re.MULTILINE)
        assert rule is None or rule[1].splitlines()[0].strip(" ,") in text, path


def test_every_style_sheet_puts_its_rules_into_a_layer():
    for path in (STATIC / "css").rglob("*.css"):
        outside = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL).strip()
        assert outside.startswith("@layer "), path


def test_style_and_script_of_a_page_fit_their_budget(built):
    assert len(built.files["style.css"].packed["gzip"]) <= 12 * 1024
    assert len(built.files["style.css"].packed["br"]) <= 10 * 1024
    scripts = ("community.js", "theme.js")
    assert sum(len(built.files[name].packed["gzip"]) for name in scripts) <= 6 * 1024


def test_behaviours_are_modules_of_readable_size():
    for path in (STATIC / "js").rglob("*.js"):
        source = path.read_text()
        assert len(source.splitlines()) <= 120, path
        assert source.startswith(("/**", "//")), f"{path} says what it is for"
        assert not re.search(r"\beval\(|new Function|innerHTML|document\.write", source), path


def test_the_version_changes_with_the_contents(tmp_path, built):
    for path in STATIC.rglob("*.*"):
        copy = tmp_path / path.relative_to(STATIC)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    assert assets.build(tmp_path).version == built.version
    with (tmp_path / "css/base.css").open("a") as sheet:
        sheet.write("@layer base { hr { margin: 0; } }")
    assert assets.build(tmp_path).version != built.version


def test_an_asset_is_kept_for_a_year_and_sent_compressed(visitor, built):
    path = f"/assets/{built.version}/style.css"
    answer = visitor.get(path, headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.mimetype == "text/css"
    assert gzip.decompress(answer.data) == visitor.get(path).data
    better = visitor.get(path, headers={"Accept-Encoding": "gzip, br"})
    assert better.headers["Content-Encoding"] == "br"
    assert better.headers["Vary"] == "Accept-Encoding"
    assert brotli.decompress(better.data) == visitor.get(path).data
    assert len(better.data) < len(answer.data)


def test_a_page_from_before_an_upgrade_still_gets_its_looks(visitor):
    answer = visitor.get("/assets/000000000000/community.js")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"


def test_nothing_outside_the_list_is_served(visitor):
    context = visitor.application.test_request_context("/")
    with context, pytest.raises(NotFound):
        assets.show("000000000000", "../config.py")
