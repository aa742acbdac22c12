"""Pages of products and tags."""


def test_a_product_shows_its_questions_and_no_others(client, make):
    kettle = make.product("Kettle")
    make.question(title="Why does the kettle hum?", product=kettle)
    make.question(title="Why does the mug leak?")
    page = client.get("/products/kettle").text
    assert "Why does the kettle hum?" in page
    assert "Why does the mug leak?" not in page


def test_a_topic_narrows_the_list(client, make):
    kettle = make.product("Kettle")
    lid = make.topic(kettle, "Lid")
    make.question(title="The lid is loose now", product=kettle, topic_id=lid.id)
    make.question(title="Why does the kettle hum?", product=kettle)
    page = client.get("/products/kettle?topic=lid").text
    assert "The lid is loose now" in page
    assert "Why does the kettle hum?" not in page


def test_what_does_not_exist_is_not_found(client, make):
    make.product("Kettle")
    for address in ("/products/none", "/products/kettle?topic=none", "/tags/none"):
        assert client.get(address).status_code == 404


def test_tags_are_listed_and_lead_to_their_questions(client, make):
    make.question(title="Why does the kettle hum?", tags=("noise",))
    assert 'href="/tags/noise"' in client.get("/tags").text
    assert "Why does the kettle hum?" in client.get("/tags/noise").text
