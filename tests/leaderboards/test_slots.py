def test_every_page_leads_to_the_leaderboards(client):
    assert 'href="/leaderboards"' in client.get("/badges").text
