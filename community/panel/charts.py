"""The small charts of the overview: drawn by leather, coloured by the style sheet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from xml.etree.ElementTree import Element, tostring

from babel.dates import format_skeleton
from leather import Chart as Drawing
from leather import theme

from community.core.i18n import current_language

# In the units of the drawing, which is as wide as its box.
WIDTH, HEIGHT = 240, 110
# Which of the thirty days are named below: one a week, none at the very edge.
NAMED = slice(4, None, 7)

# The library has one theme for the whole process; colours and letters are the style sheet's.
theme.background_color = "none"
theme.margin = 0.02
theme.tick_font_family = "inherit"
theme.tick_font_size = theme.tick_font_char_height = 12
theme.tick_font_char_width = 6


def drawn(days: Sequence[tuple[date, int]], most: int) -> str:
    """Return a column for each day as SVG, without styles or scripts. It says no more than a table.

    most: the number that reaches up to the top.
    """
    numbers = {on.isoformat(): number for on, number in days}
    names = {on.isoformat(): _short(on) for on, _number in days}
    drawing = Drawing()
    drawing.add_columns(list(numbers.items()), fill_color="currentColor")
    drawing.add_y_scale(0, most)
    drawing.add_y_axis(ticks=[0, most])
    named = list(names)[NAMED]
    drawing.add_x_axis(ticks=named, tick_formatter=lambda day, _index, _count: names[day])
    box = {"viewBox": f"0 0 {WIDTH} {HEIGHT}", "aria-hidden": "true", "focusable": "false"}
    root = Element("svg", box)
    root.append(drawing.to_svg_group(WIDTH, HEIGHT))
    return tostring(root, encoding="unicode")


def _short(day: date) -> str:
    return str(format_skeleton("MMMd", day, locale=current_language()))
