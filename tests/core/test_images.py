"""Pictures of strangers are decoded in a child and written anew, or refused with a reason."""

import json
import subprocess
import sys
import time

import pytest

from community.core import images
from community.core.errors import Invalid
from community.core.images import reencode
from tests.corpora import corpus
from tests.pictures import HIDDEN, drawn, moving, read, with_a_note, with_a_place


@pytest.mark.parametrize(
    ("kind", "extension"), [("PNG", "png"), ("JPEG", "jpg"), ("GIF", "gif"), ("WEBP", "webp")]
)
def test_four_formats_stay_what_they_are(kind, extension):
    picture = reencode(drawn(kind))
    assert (picture.extension, picture.width, picture.height) == (extension, 8, 6)
    assert read(picture.data).format == kind
    assert read(picture.data).size == (8, 6)


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("JPEG", "CMYK"), ("JPEG", "L"), ("PNG", "1"), ("PNG", "LA"), ("PNG", "P"), ("WEBP", "RGBA")],
)
def test_unusual_colours_are_kept_as_seen(kind, mode):
    red, _green, blue = read(reencode(drawn(kind, mode=mode)).data).convert("RGB").getpixel((1, 1))
    expected = read(drawn(kind, mode=mode)).convert("RGB").getpixel((1, 1))
    assert abs(red - expected[0]) < 20
    assert abs(blue - expected[2]) < 20


def test_what_is_clear_stays_clear():
    clear = drawn("PNG", mode="P", transparency=0)
    before = read(clear).convert("RGBA").getextrema()[3]
    assert read(reencode(clear).data).convert("RGBA").getextrema()[3] == before


def test_a_photo_loses_where_it_was_taken_and_stands_upright():
    photo = with_a_place()
    assert HIDDEN in photo
    assert b"Maker" in photo
    picture = reencode(photo)
    assert (picture.width, picture.height) == (8, 16)
    assert b"Maker" not in picture.data
    assert HIDDEN not in picture.data
    assert dict(read(picture.data).getexif()) == {}


def test_text_inside_a_picture_is_gone():
    assert HIDDEN in with_a_note()
    assert HIDDEN not in reencode(with_a_note()).data


def test_what_hangs_behind_a_picture_is_gone():
    assert HIDDEN not in reencode(drawn("GIF") + HIDDEN).data


@pytest.mark.parametrize("kind", ["GIF", "WEBP"])
def test_an_animation_still_moves(kind):
    assert read(reencode(moving(kind)).data).n_frames == 3


def test_a_very_large_photo_is_made_to_fit_a_screen():
    picture = reencode(drawn("JPEG", (4000, 3000)))
    assert (picture.width, picture.height) == (2560, 1920)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "kind"),
        (b"x", "kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "kind"),
        (b"%PDF-1.4", "kind"),
        (drawn("BMP"), "kind"),
        (drawn("TIFF"), "kind"),
        (drawn("ICO"), "kind"),
        (drawn("JPEG", (100, 100))[:-200], "broken"),
        (drawn("PNG", (4001, 6000), mode="1"), "pixels"),
        (drawn("PNG", (10_001, 1)), "pixels"),
        (moving(frames=301), "frames"),
        (b"\x89PNG" + bytes(images.LARGEST), "size"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_will_not_do_is_refused_with_a_reason(app, data, reason):
    with app.test_request_context(), pytest.raises(Invalid) as refusal:
        reencode(data)
    assert refusal.value.message is images.REASONS[reason]


@pytest.mark.parametrize("data", [drawn("PNG", (10_000, 1)), moving(frames=300)])
def test_what_just_fits_is_taken(data):
    assert reencode(data).data


def test_a_child_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(images, "LIMIT", 0.01)
    with pytest.raises(Invalid) as refusal:
        reencode(drawn())
    assert refusal.value.message is images.REASONS["effort"]


def test_the_child_may_use_little_memory_and_time():
    program = (
        "import resource, community.core.image_worker as w; w.limit_this_process();"
        "print(*(resource.getrlimit(it)[0] for it in (resource.RLIMIT_AS, resource.RLIMIT_CPU)))"
    )
    limits = subprocess.check_output([sys.executable, "-c", program], text=True)
    assert limits.split() == [str(768 << 20), "10"]


def test_the_site_itself_never_loads_the_decoders():
    program = "import sys, community.app; print('PIL' in sys.modules)"
    assert subprocess.check_output([sys.executable, "-c", program], text=True).strip() == "False"


# Of the valid controls only this one is refused: the four formats that we take are others.
NOT_OURS = {"ok.avif"}
# Polyglots and files whose pixels or metadata carry something: whole pictures, taken and cleaned.
HARMLESS_AFTERWARDS = {
    "gif_html_trailer.gif",
    "jpeg_comment_script.jpg",
    "jpeg_zip_polyglot.jpg",
    "png_text_script.png",
    "png_idat_php_like.png",
    "many_chunks_100k.png",
}
RESIDUE = (b"<script", b"alert(", b"PK\x03\x04", b"GPS", b"Exif", b"xmp", b"http://ns.adobe")


def test_a_larger_set_of_hostile_and_valid_files():
    folder = corpus("uploads")
    for entry in json.loads((folder / "MANIFEST.json").read_text()):
        name = entry["file"]
        valid = entry["cls"] in {"control", "orientation", "privacy: GPS"} and name not in NOT_OURS
        started = time.monotonic()
        try:
            picture = reencode((folder / name).read_bytes())
        except Invalid:
            assert not valid, name
        else:
            assert valid or name in HARMLESS_AFTERWARDS, name
            assert not [mark for mark in RESIDUE if mark in picture.data], name
            assert read(picture.data).size == (picture.width, picture.height), name
        assert time.monotonic() - started < 8, name
