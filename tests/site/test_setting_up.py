"""The first visit."""

import io
import re

import pytest
from PIL import Image

from community.core import brand
from community.core.errors import Conflict, Invalid
from community.members.models import Role
from community.site import invitation
from community.site.first_code import code_of
from community.site.services import setting_up
from community.site.services.setting_up import Setup

GOOD = {
    "brand": "Acme",
    "language": "es",
    "colour": "#123456",
    "name": "Rosa Gil",
    "email": "rosa@example.org",
    "password": "seven green bicycles",
}


@pytest.fixture
def new_forum(app, client):
    """A forum that nobody has set up."""
    app.extensions[invitation.KEY] = False
    yield client
    app.extensions[invitation.KEY] = True


@pytest.fixture
def knowing(new_forum):
    """A visitor who gave the right code."""
    new_forum.post("/set-up/code", data={"code": invitation.code()})
    return new_forum


@pytest.mark.parametrize("address", ["/", "/questions", "/questions/new", "/no", "/search?q=x"])
def test_every_page_of_a_new_forum_leads_to_the_set_up(new_forum, address):
    answer = new_forum.get(address)
    assert (answer.status_code, answer.location) == (302, "/set-up")


def test_a_new_forum_still_sends_its_style_and_its_health(new_forum):
    assert new_forum.get("/healthz").json["set_up"] is False
    assert new_forum.get("/livez").json == {"ok": True}
    assert "/assets/" in new_forum.get("/set-up").text
    assert new_forum.get("/brand/123456.css").status_code == 200


def test_the_set_up_asks_for_the_code_first(new_forum):
    page = new_forum.get("/set-up").text
    assert 'name="code"' in page
    assert 'name="brand"' not in page
    assert invitation.code() not in page


def test_a_wrong_code_lets_nobody_in(new_forum):
    answer = new_forum.post("/set-up/code", data={"code": "aaaa-bbbb-cccc"})
    assert answer.status_code == 422
    assert new_forum.post("/set-up", data=GOOD).location == "/set-up"
    assert 'name="code"' in new_forum.get("/set-up").text


def test_the_code_may_be_typed_carelessly(new_forum):
    code = invitation.code().upper().replace("-", " ")
    assert new_forum.post("/set-up/code", data={"code": code}).location == "/set-up"
    assert 'name="brand"' in new_forum.get("/set-up").text


def test_every_node_knows_the_same_code_and_another_forum_another(app):
    assert invitation.code() == code_of(app.config["SECRET_KEY"])
    codes = {code_of(f"secret key number {number}") for number in range(100)}
    assert len(codes) == 100
    assert all(re.fullmatch(r"([a-z2-9]{4}-){2}[a-z2-9]{4}", each) for each in codes)


def test_another_node_takes_the_code_that_the_first_one_printed(
    new_forum, app, monkeypatch, tmp_path
):
    code = invitation.code()
    monkeypatch.setitem(app.config, "INSTANCE_FOLDER", tmp_path)
    assert new_forum.post("/set-up/code", data={"code": code}).location == "/set-up"
    assert list(tmp_path.iterdir()) == []


def test_who_knows_the_code_names_the_brand_and_is_its_admin(knowing, app):
    answer = knowing.post("/set-up", data=GOOD)
    assert answer.location == "/"
    assert brand.NAME.get() == "Acme"
    assert brand.LANGUAGE.get() == "es"
    assert brand.COLOUR.get() == "#123456"
    assert "Acme" in knowing.get("/").text
    assert "/brand/123456.css" in knowing.get("/").text


def test_nobody_sets_a_forum_up_twice(knowing, make):
    make.admin()
    assert knowing.post("/set-up", data=GOOD).status_code == 409
    assert knowing.get("/set-up").location == "/"


def test_what_was_typed_survives_a_mistake(knowing):
    page = knowing.post("/set-up", data=GOOD | {"email": "rosa", "password": "short"})
    assert page.status_code == 422
    assert 'value="Acme"' in page.text
    assert 'value="rosa"' in page.text
    assert 'value="short"' not in page.text


def test_a_pale_colour_is_refused_and_the_nearest_readable_one_named(knowing):
    page = knowing.post("/set-up", data=GOOD | {"colour": "#FFD400"})
    assert page.status_code == 422
    assert "#877000" in page.text


def test_the_logo_is_taken_in_as_a_picture_of_ours(knowing):
    picture = io.BytesIO()
    Image.new("RGB", (64, 32), "navy").save(picture, "PNG")
    picture.seek(0)
    answer = knowing.post("/set-up", data=GOOD | {"logo": (picture, "logo.png")})
    assert answer.location == "/"
    assert f"/uploads/{brand.LOGO.get()}" in knowing.get("/").text


def test_a_logo_that_is_no_picture_is_refused(knowing):
    page = knowing.post("/set-up", data=GOOD | {"logo": (io.BytesIO(b"<svg/>"), "logo.svg")})
    assert page.status_code == 422
    assert brand.NAME.get() == brand.NAME.default


def setup(**changes):
    facts = {
        "brand": "Acme",
        "language": "en",
        "colour": "#123456",
        "name": "Rosa Gil",
        "email": "rosa@example.org",
        "password_hash": "x",
    }
    return Setup(**(facts | changes))


def test_the_first_admin_has_everything_an_admin_needs():
    admin = setting_up.set_up(setup())
    assert admin.role == Role.ADMIN
    assert admin.staff_title == "Team, Acme"
    assert admin.email_confirmed_at is not None
    assert admin.handle == "rosa-gil" or admin.handle == "rosa_gil"


def test_a_second_admin_does_not_come_this_way():
    setting_up.set_up(setup())
    with pytest.raises(Conflict):
        setting_up.set_up(setup(email="other@example.org"))


@pytest.mark.parametrize(
    "wrong", [{"brand": ""}, {"brand": "x" * 41}, {"language": "xx"}, {"colour": "#ffffff"}]
)
def test_a_brand_that_pages_cannot_show_is_refused(wrong):
    with pytest.raises(Invalid):
        setting_up.set_up(setup(**wrong))


def test_the_title_of_the_first_admin_speaks_the_language_of_the_community():
    assert setting_up.set_up(setup(language="es")).staff_title == "Equipo de Acme"
