"""What the profile says of reputation."""

from community.reputation.slots import reputation_of_member


def test_a_newcomer_has_one_and_no_products(app, make):
    with app.test_request_context():
        shown = reputation_of_member(make.member())
    assert "<strong>1</strong>" in shown
    assert "reputation__products" not in shown


def test_every_page_leads_to_the_trust_levels(client):
    assert 'href="/help/trust-levels"' in client.get("/tags").text
