"""Reading pages as search engines do."""

import extruct
import pytest
from lxml import html


class Read:
    """One page, read by an independent reader of structured data."""

    def __init__(self, answer):
        assert answer.status_code == 200, answer.status
        self.text = answer.text
        self.page = html.fromstring(answer.text)
        self.things = extruct.extract(answer.text, syntaxes=["json-ld"])["json-ld"]

    def thing(self, kind):
        found = [each for each in self.things if each["@type"] == kind]
        assert len(found) == 1, [each["@type"] for each in self.things]
        assert found[0]["@context"] == "https://schema.org"
        return found[0]

    def meta(self, name):
        found = self.page.xpath(f"//head/meta[@name='{name}' or @property='{name}']/@content")
        assert len(found) <= 1, found
        return found[0] if found else None

    def link(self, rel):
        found = self.page.xpath(f"//head/link[@rel='{rel}']/@href")
        assert len(found) <= 1, found
        return found[0] if found else None

    @property
    def may_be_kept(self):
        return self.meta("robots") is None


@pytest.fixture
def read(client):
    """Open an address as a guest and read it."""
    return lambda address: Read(client.get(address))


@pytest.fixture
def address():
    return lambda question: f"/questions/{question.id}/{question.slug}"
