"""The brand, changed in the panel."""

import io
import re

import pytest
from PIL import Image
from sqlalchemy import select

from community.core import brand, fonts, mail
from community.core.audit import Act
from community.core.db import db
from community.core.errors import Forbidden
from community.panel.services import dressing
from community.panel.services.dressing import Outfit

TYPED = {
    "name": "Acme", "colour": "#123456", "ink": "", "dark": "", "font": "slab",
    "headings": "plain", "language": "en", "languages": ["en", "es"], "welcome": "",
    "welcome_en": "Hello there", "welcome_es": "Bienvenida", "mail_header": "",
    "footer_en": "Contact | https://acme.example/contact", "footer_es": "",
}  # fmt: skip


@pytest.fixture
def panel(log_in, make):
    return log_in(make.admin("ada"))


def png():
    body = io.BytesIO()
    Image.new("RGB", (400, 200), "#123456").save(body, "PNG")
    body.seek(0)
    return body


def test_the_brand_takes_effect_at_once(panel):
    assert panel.post("/admin/brand", data=TYPED).status_code == 303
    home = panel.get("/tags").text
    assert "· Acme" in home
    assert "/brand/123456_auto_auto_slab_plain.css" in home
    assert '<a href="https://acme.example/contact">Contact</a>' in home
    sheet = panel.get("/brand/123456_auto_auto_slab_plain.css").text
    assert "--brand: #123456;" in sheet
    assert f"--font: {fonts.FONTS['slab']};" in sheet


def test_each_change_is_recorded_and_what_stays_is_not(panel):
    panel.post("/admin/brand", data=TYPED)
    changed = {
        act.subject for act in db.session.scalars(select(Act)) if act.name == "setting-change"
    }
    assert changed == {
        f"settings:brand_{name}"
        for name in ("name", "colour", "font", "welcome_en", "welcome_es", "footer_en")
    }


def test_the_greeting_speaks_the_reader_s_language(panel):
    panel.post("/admin/brand", data=TYPED)
    assert "Hello there" in panel.get("/?lang_ui=en").text
    assert "Bienvenida" in panel.get("/?lang_ui=es").text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"colour": "#ffee00"}, "too pale to be read on white"),
        ({"colour": "blue"}, "Write the colour like this"),
        ({"ink": "#222244"}, "cannot be read on buttons"),
        ({"dark": "#333333"}, "cannot be read on dark pages"),
        ({"dark": "red"}, "Write the colour like this"),
        ({"name": ""}, "Please fill this in"),
        ({"languages": ["es"]}, "has to be one of those that are offered"),
        ({"footer_en": "Contact"}, "words | address"),
        ({"footer_en": "Contact | javascript:alert(1)"}, "begins with https://"),
        ({"footer_en": "Contact | //evil.example"}, "begins with https://"),
        ({"footer_es": "A | /a\n" * 13}, "At most 12 links"),
    ],
)
def test_what_nobody_could_read_is_refused_and_nothing_typed_is_lost(panel, wrong, said):
    answer = panel.post("/admin/brand", data=TYPED | wrong)
    assert answer.status_code == 422
    assert said in answer.text
    assert "Hello there" in answer.text
    assert brand.NAME.get() == "Tertulia"


def test_readable_pairs_are_taken(panel):
    good = {"colour": "#ffdd00", "ink": "#000000"}
    assert panel.post("/admin/brand", data=TYPED | good).status_code == 422
    good = {"colour": "#8a4b08", "ink": "#ffffff", "dark": "#f0b968"}
    assert panel.post("/admin/brand", data=TYPED | good).status_code == 303
    assert "/brand/8a4b08_ffffff_f0b968_slab_plain.css" in panel.get("/tags").text


def test_trying_on_changes_nothing_and_tells_the_contrast(panel):
    answer = panel.post("/admin/brand", data=TYPED | {"colour": "#ffee00", "try": "1"})
    assert answer.status_code == 200
    assert "too faint" in answer.text
    assert "colour=%23ffee00" in answer.text
    assert brand.COLOUR.get() == brand.COLOUR.default


def test_the_preview_shows_day_and_night(panel):
    sheet = panel.get("/admin/brand/preview.css?colour=%23123456&font=nonsense").text
    assert "brand-preview__page--light" in sheet
    assert "brand-preview__page--dark" in sheet
    assert "--brand: #123456;" in sheet
    assert "nonsense" not in sheet


def test_logo_and_icon_are_changed_and_taken_away(panel):
    pictures = {"logo": (png(), "logo.png"), "favicon": (png(), "icon.png")}
    sent = panel.post("/admin/brand", data=TYPED | pictures, content_type="multipart/form-data")
    assert sent.status_code == 303
    page = panel.get("/tags").text
    logo = re.search(r'<img src="(/uploads/[^"]+)" alt="Acme"', page)[1]
    assert panel.get(logo).status_code == 200
    icon = panel.get("/favicon.ico")
    assert (icon.status_code, icon.mimetype) == (200, "image/png")
    assert Image.open(io.BytesIO(icon.data)).size == (180, 180)
    panel.post("/admin/brand", data=TYPED | {"without_logo": "y", "without_favicon": "y"})
    assert "/uploads/" not in panel.get("/tags").text
    assert panel.get("/favicon.ico").mimetype != "image/png"


def test_a_logo_stays_when_the_form_brings_none(panel):
    logo = {"logo": (png(), "logo.png")}
    panel.post("/admin/brand", data=TYPED | logo, content_type="multipart/form-data")
    kept = brand.LOGO.get()
    panel.post("/admin/brand", data=TYPED | {"name": "Other"})
    assert brand.LOGO.get() == kept != ""


def test_what_is_no_picture_is_refused(panel):
    bad = {"logo": (io.BytesIO(b"<svg onload=alert(1)>"), "logo.svg")}
    answer = panel.post("/admin/brand", data=TYPED | bad, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "not a picture" in answer.text


def test_browsers_get_a_small_drawing_without_being_told_where(client):
    icon = client.get("/favicon.ico")
    assert icon.status_code == 200
    assert Image.open(io.BytesIO(icon.data)).format == "ICO"


def test_one_language_alone_is_spoken_to_everybody(panel, client):
    panel.post("/admin/brand", data=TYPED | {"language": "es", "languages": ["es"]})
    page = panel.get("/tags", headers={"Accept-Language": "en"})
    assert '<html lang="es"' in page.text
    assert 'name="language"' not in page.text


def test_mails_begin_with_the_line_of_the_brand(panel, make, app):
    panel.post("/admin/brand", data=TYPED | {"mail_header": "Acme  Community"})
    with app.test_request_context():
        letter = mail.written(
            "a@example.org", "members/password_changed", "en", member=make.member(), address="x"
        )
    assert letter.text.startswith("Acme Community\n\nHello")


def test_only_admins_dress_the_community(make):
    outfit = Outfit(
        name="Evil", language="en", languages=("en",), style=brand.Style("#123456"),
        welcome="", welcomes={}, footers={}, mail_header="",
    )  # fmt: skip
    with pytest.raises(Forbidden):
        dressing.dress(make.moderator(), outfit)
    assert brand.NAME.get() == "Tertulia"
