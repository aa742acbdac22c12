"""What every page shares: addresses, headers, errors."""


def test_a_slash_too_many_leads_to_the_address_without_it(client):
    answer = client.get("/questions/?state=solved")
    assert answer.status_code == 301
    assert answer.headers["Location"] == "/questions?state=solved"
    assert client.get("/nothing/").status_code == 404
