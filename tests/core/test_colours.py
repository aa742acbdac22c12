"""Colours of brands."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.core import colours

any_colour = st.integers(0, 0xFFFFFF).map("#{:06x}".format)


def test_contrast_is_that_of_the_standard():
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colours.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert colours.contrast("#ffffff", "#0000ff") == pytest.approx(8.59, abs=0.01)


def test_a_pale_colour_is_not_readable_and_a_darker_one_near_it_is():
    assert not colours.is_readable("#ffd400")
    nearest = colours.nearest_readable("#ffd400")
    assert colours.is_readable(nearest)
    red, green, blue = (int(nearest[at : at + 2], 16) for at in (1, 3, 5))
    assert red > green > blue, "It should still be a yellow."


def test_a_readable_colour_stays_as_it_is():
    assert colours.nearest_readable("#17616b") == "#17616b"


@given(any_colour)
def test_every_shade_can_be_read_where_it_stands(brand):
    shades = colours.shades(brand)
    for ground in (*colours.LIGHT_GROUNDS, shades.soft):
        assert colours.contrast(shades.text, ground) >= colours.READABLE
    for ground in (colours.DARK_GROUND, shades.soft_in_the_dark):
        assert colours.contrast(shades.text_in_the_dark, ground) >= colours.READABLE
    assert colours.contrast(shades.brand, shades.ink) >= colours.READABLE


@pytest.mark.parametrize("text", ["", "red", "#fff", "#12345g", "#1234567", "#123456\n"])
def test_what_is_no_colour(text):
    assert not colours.is_colour(text)


@pytest.mark.parametrize("at", [0, 1, 2], ids=["day", "night by system", "night by choice"])
def test_marks_that_no_brand_changes_are_calm_and_readable(at):
    tokens = Path("static/css/tokens.css").read_text()
    marks, grounds, surfaces = (
        re.findall(rf"--{name}: (#[0-9a-f]+);", tokens) for name in ("calm", "calm-soft", "surface")
    )
    surface = "#ffffff" if surfaces[at] == "#fff" else surfaces[at]
    for ground in (grounds[at], surface):
        assert colours.contrast(marks[at], ground) >= 4.5
    for sheet, mark in (("state", ".state--responded"), ("answer", ".answer__mark--official")):
        rules = Path(f"static/css/components/{sheet}.css").read_text().partition(f"{mark} {{")[2]
        assert "var(--calm)" in rules.partition("}")[0]
