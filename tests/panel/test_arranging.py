"""The pages of products, topics and tags."""

from community.core.db import db
from community.products import queries, services


def test_an_admin_offers_a_product_and_archives_it(log_in, make):
    admin = log_in(make.admin())
    sent = admin.post("/admin/products", data={"name": "Moka One"}, follow_redirects=True)
    assert "Moka One" in sent.text
    admin.post("/admin/products/moka-one/archive", data={"archived": "yes"})
    assert queries.anywhere("moka-one").archived_at is not None


def test_a_name_that_cannot_be_is_refused_with_a_reason(log_in, make):
    sent = log_in(make.admin()).post("/admin/products", data={"name": "!"}, follow_redirects=True)
    assert "A name has 1 to 60 characters" in sent.text


def test_topics_are_added_below_others_and_merged(log_in, make):
    admin, product = log_in(make.admin()), make.product("Kettle")
    topic = make.topic(product, "Water")
    data = {"new_topic": "Limescale", "parent": topic.id}
    admin.post("/admin/products/kettle/topics", data=data)
    db.session.expire_all()
    page = admin.get("/admin/products/kettle")
    below = queries.topics_of(product.id)[1]
    assert ("Limescale" in page.text, below.parent_id) == (True, topic.id)
    admin.post(f"/admin/topics/{below.id}/merging", data={"into": topic.id})
    assert [each.slug for each in queries.topics_of(product.id)] == ["water"]


def test_a_topic_that_nobody_chose_is_refused_with_a_reason(log_in, make):
    topic = make.topic()
    sent = log_in(make.admin()).post(
        f"/admin/topics/{topic.id}/merging", data={"into": "x"}, follow_redirects=True
    )
    assert "Please choose one of the list." in sent.text


def test_tags_are_found_renamed_and_dropped(log_in, make):
    admin = log_in(make.admin())
    services.tags_named(["limescale", "steam"])
    found = admin.get("/admin/tags?q=lime").text
    assert "limescale" in found
    assert "/admin/tags/steam" not in found
    admin.post("/admin/tags/limescale", data={"name": "Scale"})
    admin.post("/admin/tags/scale/synonyms", data={"word": "cal"})
    assert "limescale" in admin.get("/admin/tags/scale").text
    admin.post("/admin/tags/scale/removal")
    assert queries.tags_meant(["scale", "cal", "limescale"]) == {}


def test_the_pages_ask_as_often_for_many_as_for_few(log_in, make, count_queries):
    admin = log_in(make.admin())
    make.topic()
    services.tags_named(["one"])
    counted = {}
    for address in ("/admin/products", "/admin/tags"):
        admin.get(address)
        with count_queries() as few:
            admin.get(address)
        counted[address] = len(few)
    for number in range(8):
        make.topic()
        services.tags_named([f"tag {number}"])
    for address, few in counted.items():
        admin.get(address)
        with count_queries() as many:
            admin.get(address)
        assert len(many) == few


def test_what_is_refused_stands_in_its_form_again(log_in, make):
    kettle = make.product("Kettle")
    make.topic(kettle, "Cleaning")
    panel = log_in(make.admin())
    here = f"/admin/products/{kettle.slug}"
    for address, typed in {
        "/admin/products": {"name": "", "description": "All that boils"},
        f"{here}/topics": {"new_topic": "Cleaning" * 9},
        here: {"name": "", "description": "Boils water well"},
    }.items():
        page = panel.post(address, data=typed, follow_redirects=True).text
        assert 'class="notice notice--error"' in page, address
        assert max(typed.values(), key=len)[:60] in page, address


def test_a_refused_change_of_one_form_does_not_stand_in_another(log_in, make):
    kettle = make.product("Kettle")
    topic = make.topic(kettle, "Cleaning")
    panel = log_in(make.admin())
    page = panel.post(
        f"/admin/topics/{topic.id}", data={"name": "x" * 61}, follow_redirects=True
    ).text
    assert page.count("x" * 60) <= 1
    assert 'value="Kettle"' in page
