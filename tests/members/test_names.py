import pytest

from community.core.errors import Invalid
from community.members import names


def is_allowed(text):
    try:
        names.check(names.stored(text), brand="Acme Kettles")
    except Invalid:
        return False
    return True


@pytest.mark.parametrize(
    "name",
    ["Ann", "José Núñez", "O\u2019Brien", "J.R. Tolkien", "Ana Root", "Анна Smith", "محمد", "张伟",
     "Zoë", "राम कुमार", "Ann (Madrid)", "  Ann   Arbor "],
)  # fmt: skip
def test_people_may_be_called_as_they_are_called(name):
    assert is_allowed(name)


@pytest.mark.parametrize(
    "name",
    ["", "   ", "123", "x" * 61, "Support", "Acme", "Acme Support", "Soporte Acme", "Acme Kettles",
     "a|b", "=1+1", "[x](http://evil.example)", "http://evil.example", "evil.example",
     "www evil", "ann@example.org", "Ann\u202eb", "A\u200bnn", "\u0410nn", "a" + "\u0301" * 9,
     "\u0301ann", "😀", "<b>Ann</b>", "Ann\r\nBcc: x@y.z"],
)  # fmt: skip
def test_names_that_trick_are_refused(name):
    assert not is_allowed(name)


def test_spaces_are_made_one_and_characters_composed():
    assert names.stored("  Zoe\u0308   B ") == "Zoë B"
