"""How numbers are written for who reads."""

import pytest
from flask import render_template_string
from flask_babel import force_locale

PAGE = "{{ ngettext('%(num)s question', '%(num)s questions', number) }}"


@pytest.mark.parametrize(
    ("language", "number", "seen"),
    [
        ("en", 1, "1 question"),
        ("en", 999, "999 questions"),
        ("en", 15_247, "15,247 questions"),
        ("es", 15_247, "15.247 preguntas"),
        ("es", 1_000_000, "1.000.000 preguntas"),
    ],
)
def test_large_numbers_are_grouped_as_the_reader_writes_them(app, language, number, seen):
    with app.test_request_context("/"), force_locale(language):
        assert render_template_string(PAGE, number=number) == seen
