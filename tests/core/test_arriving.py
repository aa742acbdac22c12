"""What no database takes for text."""

import pytest

from community.questions.queries import fields_of_draft


@pytest.mark.parametrize("address", ["/members/%00", "/questions?tag=%00", "/search?q=tea%00pot"])
def test_nothing_is_found_at_an_address_that_no_database_takes_for_text(client, address):
    assert client.get(address).status_code == 404


def test_other_signs_may_stand_in_an_address(client):
    assert client.get("/search?q=tea%01%20pot%ff").status_code == 200


def test_a_form_is_read_without_what_is_no_text(log_in, make):
    sent = {"name": "Ann\0 Arbor", "language": "en", "time_zone": "UTC", "theme": "dark"}
    visitor = log_in(make.member("ann"))
    assert visitor.post("/settings", data=sent).status_code == 303
    assert 'value="Ann Arbor"' in visitor.get("/settings").text


def test_a_draft_is_kept_without_what_is_no_text(log_in, make):
    member = make.member()
    draft = {"place": "questions.new", "fields": {"title": "My ket\0tle"}}
    assert log_in(member).post("/drafts", json=draft).json == {"saved": True}
    assert fields_of_draft(member, "questions.new") == {"title": "My kettle"}
