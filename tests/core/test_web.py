"""What every page shares: addresses, headers, errors."""


def test_a_slash_too_many_leads_to_the_address_without_it(client):
    answer = client.get("/questions/?state=solved")
    assert answer.status_code == 301
    assert answer.headers["Location"] == "/questions?state=solved"
    assert client.get("/nothing/").status_code == 404


def test_the_canonical_address_follows_the_settings_and_no_visitor(client, make):
    question = make.question()
    address = f"/questions/{question.id}/{question.slug}"
    page = client.get(address, headers={"Host": "evil.example"}).text
    assert f'href="http://localhost:8000{address}"' in page
    assert "evil.example" not in page
