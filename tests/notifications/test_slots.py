"""Where notices show up."""


def test_a_guest_has_no_bell(client):
    assert "/notifications" not in client.get("/").text


def test_settings_lead_to_those_of_the_notices(make, log_in):
    assert 'href="/settings/notifications"' in log_in(make.member()).get("/settings").text
