"""Pages of products and tags."""

from community.products.services import tags_named


def test_tags_are_completed_from_their_first_letters(client):
    tags_named(["battery", "bath", "cable"])
    found = client.get("/tags/complete?q=Bat").get_json()
    assert [tag["slug"] for tag in found] == ["bath", "battery"]
    assert found[0] == {"slug": "bath", "name": "bath", "questions": 0}


def test_nothing_typed_completes_to_nothing(client):
    tags_named(["battery"])
    assert client.get("/tags/complete").get_json() == []
    assert client.get("/tags/complete?q=%20%25_").get_json() == []
