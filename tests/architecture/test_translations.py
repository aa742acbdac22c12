"""Whatever a person reads is there in every language.

`flask --app wsgi translations update` adds what is missing, empty, for a translator to fill in.
"""

from collections import defaultdict

import pytest
from babel.messages.checkers import checkers
from babel.messages.pofile import read_po
from babel.util import parse_encoding

from community.core import catalogs

LANGUAGE = "es"
PACKAGES = catalogs.packages()


@pytest.fixture(scope="module")
def spanish():
    return {package: catalogs.read(package, LANGUAGE) for package in PACKAGES}


@pytest.mark.parametrize("package", PACKAGES)
def test_every_string_is_translated(package):
    assert catalogs.missing(package, LANGUAGE) == set(), "flask --app wsgi translations update"


@pytest.mark.parametrize("package", PACKAGES)
def test_nothing_is_translated_that_nobody_says(package):
    assert catalogs.unused(package, LANGUAGE) == set(), "flask --app wsgi translations update"


@pytest.mark.parametrize("package", PACKAGES)
def test_translations_keep_the_placeholders(package, spanish):
    for message in spanish[package]:
        for check in checkers if message.id else ():
            check(spanish[package], message)


def test_a_text_is_translated_alike_everywhere(spanish):
    heard = defaultdict(set)
    for catalog in spanish.values():
        for text, message in catalogs.translated(catalog).items():
            heard[text].add(message.string)
    assert {text: said for text, said in heard.items() if len(said) > 1} == {}


@pytest.mark.parametrize("package", PACKAGES)
def test_catalogs_are_in_order_so_that_changes_seldom_meet(package):
    path = catalogs.catalog_path(package, LANGUAGE)
    if not path.exists():
        return
    with path.open("rb") as source:
        assert parse_encoding(source) in {None, "utf-8"}
        texts = [message.id for message in read_po(source, locale=LANGUAGE) if message.id]
    assert texts == sorted(texts, key=catalogs.singular)
