"""Making one product of two, and moving a topic to another product."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from community.core import jobs
from community.core.audit import Act
from community.core.clock import now
from community.core.db import db
from community.core.errors import Forbidden, Invalid
from community.members.models import Member
from community.panel.models import Banner
from community.posts.models import Post
from community.products import queries, services
from community.products.models import Topic
from community.products.services import arranging, joining
from community.questions import queries as question_queries
from community.questions import reactions
from community.questions.queries import placing as places
from community.questions.services import placing
from community.reputation import rebuilding
from community.reputation.models import ProductReputation
from community.search.models import SearchChange


@pytest.fixture
def two(make):
    """Two products, the first with a topic of its own and one that both have."""
    old, new = make.product("Kettle"), make.product("Moka")
    make.topic(old, "Water"), make.topic(old, "Steam"), make.topic(new, "Steam")
    return old, new


def _named(product, slug):
    return next(each for each in queries.topics_of(product.id) if each.slug == slug)


def _product(slug):
    db.session.expire_all()
    return queries.anywhere(slug)


def _totals():
    rows = select(ProductReputation).where(ProductReputation.amount != 0)
    every = db.session.scalars(rows.execution_options(populate_existing=True))
    return sorted((each.member_id, each.product_id, each.amount) for each in every)


def test_all_that_hangs_on_a_product_goes_where_it_goes(make, two):
    admin, (old, new) = make.admin(), two
    lone, shared = _named(old, "water"), _named(old, "steam")
    questions = [
        make.question(product=old, topic_id=lone.id),
        make.question(product=old, topic_id=shared.id),
        make.removed(make.question(product=old)),
    ]
    answer = make.answer(questions[0])
    other = make.question()
    elsewhere = other.product_id
    ids, theirs = [each.id for each in questions], _named(new, "steam").id
    numbers = (old.id, new.id, lone.id, answer.id, other.id)
    jobs.work_off()
    joining.merge_product(admin, old, new)
    jobs.work_off()
    old_id, new_id, lone_id, answer_id, other_id = numbers
    rows = select(Post.id, Post.product_id)
    where = {each[0]: each[1] for each in db.session.execute(rows)}
    assert {where[each] for each in (*ids, answer_id)} == {new_id}
    assert where[other_id] == elsewhere
    db.session.expire_all()
    found = [question_queries.by_id(each).topic_id for each in ids]
    assert found == [lone_id, theirs, None]
    assert queries.topics_of(old_id) == []
    assert [each.slug for each in queries.topics_of(new_id)] == ["steam", "water"]


def test_a_part_waits_until_the_part_before_is_done(make, two):
    admin, (old, new) = make.admin(), two
    for _each in range(3):
        make.question(product=old)
    jobs.work_off()
    joining.merge_product(admin, old, new)
    new_id = new.id
    assert (placing.put_in_place(2), places.on_the_way(new_id)) == (2, 1)
    assert _product("kettle").archived_at is not None
    assert [placing.put_in_place(2), placing.put_in_place(2)] == [1, 0]
    assert places.on_the_way(new_id) == 0


def test_what_was_asked_at_the_last_moment_follows(make, two):
    admin, (old, new) = make.admin(), two
    joining.merge_product(admin, old, new)
    jobs.work_off()
    late = make.question(product=_product("kettle")).id
    reactions.look_for_strays()
    assert _product("moka").id == question_queries.by_id(late).product_id


def test_old_addresses_lead_on_for_good(make, two, client):
    admin, (old, new) = make.admin(), two
    make.question(product=old)
    joining.merge_product(admin, old, new)
    jobs.work_off()
    leads = {
        "/products/kettle": "/products/moka",
        "/products/kettle?topic=water&state=solved": "/products/moka?topic=water&state=solved",
        "/products/kettle?topic=steam": "/products/moka?topic=steam",
        "/questions?product=kettle&sort=votes": "/questions?product=moka&sort=votes",
        "/questions?product=kettle&topic=water": "/questions?product=moka&topic=water",
        "/feeds/products/kettle.atom": "/feeds/products/moka.atom",
        "/leaderboards?product=kettle": "/leaderboards?product=moka",
        "/search?q=nothing&product=kettle": "/search?q=nothing&product=moka",
    }
    for address, target in leads.items():
        answer = client.get(address)
        assert (answer.status_code, answer.headers.get("Location")) == (301, target), address
    assert client.get("/products/moka?topic=water").status_code == 200
    assert client.get("/questions?product=moka&topic=steam").status_code == 200
    assert client.get("/questions?product=nothing").status_code == 404
    assert "/products/kettle" not in client.get("/products/moka").text
    assert "Moka" in client.get("/questions/new/kettle/water").text


def test_an_address_leads_on_in_one_step_however_often_products_merge(make, two, client):
    admin, (old, new) = make.admin(), two
    last = make.product("Toaster")
    joining.merge_product(admin, old, new)
    joining.merge_product(admin, new, last)
    jobs.work_off()
    assert (
        client.get("/products/kettle?topic=water")
        .headers["Location"]
        .startswith("/products/toaster?topic=water")
    )
    assert client.get("/products/kettle").headers["Location"] == "/products/toaster"


def test_a_topic_goes_to_another_product_with_what_lies_below(make, two, client):
    admin, (old, new) = make.admin(), two
    water = _named(old, "water")
    below = services.add_topic(admin, old, "Limescale", water)
    moved = make.question(product=old, topic_id=below.id)
    stays = make.question(product=old, topic_id=_named(old, "steam").id)
    moved_id, stays_id, below_id = moved.id, stays.id, below.id
    jobs.work_off()
    joining.move_topic(admin, water, new)
    jobs.work_off()
    db.session.expire_all()
    assert question_queries.by_id(moved_id).product_id == queries.anywhere("moka").id
    assert question_queries.by_id(moved_id).topic_id == below_id
    assert question_queries.by_id(stays_id).product_id == queries.anywhere("kettle").id
    answer = client.get("/products/kettle?topic=limescale")
    assert answer.headers["Location"] == "/products/moka?topic=limescale"
    assert client.get("/questions?product=kettle&topic=water").status_code == 301
    assert client.get("/products/kettle").status_code == 200


def test_a_topic_whose_address_is_taken_gets_another_one_and_may_come_back(make, two, client):
    admin, (old, new) = make.admin(), two
    steam = _named(old, "steam")
    joining.move_topic(admin, steam, new)
    assert (steam.slug, steam.product_id) == ("steam-2", new.id)
    assert client.get("/products/kettle?topic=steam").headers["Location"].endswith("=steam-2")
    joining.move_topic(admin, db.session.get(Topic, steam.id), queries.anywhere("kettle"))
    db.session.expire_all()
    assert client.get("/products/kettle?topic=steam-2").status_code == 200
    back = db.session.scalar(select(Topic).where(Topic.slug == "steam-2"))
    arranging.merge_topic(admin, back, _named(queries.anywhere("kettle"), "water"))
    assert client.get("/products/moka?topic=steam-2").headers["Location"] == (
        "/products/kettle?topic=water"
    )


def test_products_that_cannot_become_one_are_refused(make, two):
    admin, (old, new) = make.admin(), two
    gone = make.product("Gone")
    services.change_product(admin, gone, {"archived": True})
    ids = [each.id for each in (old, new, gone)]
    for product, into in ((0, 0), (0, 2)):
        with pytest.raises(Invalid):
            joining.merge_product(admin, queries.by_id(ids[product]), queries.by_id(ids[into]))
    joining.merge_product(admin, queries.by_id(ids[0]), queries.by_id(ids[1]))
    for act in (
        lambda: joining.merge_product(admin, queries.by_id(ids[0]), queries.by_id(ids[1])),
        lambda: joining.merge_product(admin, queries.by_id(ids[1]), queries.by_id(ids[0])),
        lambda: services.change_product(admin, queries.by_id(ids[0]), {"archived": False}),
        lambda: services.add_topic(admin, queries.by_id(ids[0]), "More"),
    ):
        with pytest.raises(Invalid):
            act()
    with pytest.raises(Forbidden):
        joining.merge_product(make.moderator(), queries.by_id(ids[1]), queries.by_id(ids[2]))
    joining.merge_product(admin, queries.by_id(ids[2]), queries.by_id(ids[1]))


def test_moderators_and_banners_go_along_and_the_log_says_so(make, two):
    admin, (old, new) = make.admin(), two
    ann, ben = make.member("ann"), make.member("ben")
    services.appoint_moderator(admin, ann, old)
    banner = Banner(words="New filters", product_id=old.id)
    db.session.add(banner)
    db.session.commit()
    old_id, new_id, ann_id, ben_id, banner_id = old.id, new.id, ann.id, ben.id, banner.id
    joining.merge_product(admin, old, new)
    assert db.session.get(Member, ann_id).moderated_products == [old_id, new_id]
    jobs.work_off()
    db.session.expire_all()
    assert db.session.get(Member, ann_id).moderated_products == [new_id]
    assert db.session.get(Member, ben_id).moderated_products == []
    assert db.session.get(Banner, banner_id).product_id == new_id
    acts = db.session.scalars(select(Act.name).where(Act.name == "merge-product")).all()
    assert len(acts) == 1


def test_reputation_in_each_product_is_what_a_rebuild_finds(make, two):
    admin, (old, new) = make.admin(), two
    helper = make.member("helper")
    voter = make.member("voter", joined_at=now() - timedelta(days=400))
    for product in (old, new):
        make.voted(make.answer(make.question(product=product), helper), member=voter)
    jobs.work_off()
    first = _totals()
    assert {product for _member, product, _amount in first} == {old.id, new.id}
    joining.merge_product(admin, old, new)
    jobs.work_off()
    before = _totals()
    assert sum(each[2] for each in before) == sum(each[2] for each in first)
    rebuilding.rebuild()
    assert before == _totals()
    assert _product("kettle").id not in {product for _member, product, _amount in before}


def test_the_search_learns_of_what_moved_and_of_nothing_else(make, two):
    admin, (old, new) = make.admin(), two
    moved, other = make.question(product=old).id, make.question().id
    db.session.query(SearchChange).delete()
    db.session.commit()
    joining.merge_product(admin, old, new)
    placing.put_in_place(10)
    keys = set(db.session.scalars(select(SearchChange.key)))
    assert keys == {f"questions:{moved}"}
    assert f"questions:{other}" not in keys


def test_a_part_asks_as_often_for_many_places_as_for_few(make, two, count_queries):
    admin, (old, new) = make.admin(), two
    for _each in range(12):
        make.question(product=old)
    jobs.work_off()
    joining.merge_product(admin, old, new)
    counted = []
    for number in (1, 1, 10):
        with count_queries() as sql:
            placing.put_in_place(number)
        counted.append(len([each for each in sql if "search_changes" not in each]))
    assert counted[1] == counted[2]


def test_the_pages_say_first_what_will_happen_and_then_how_far_it_is(log_in, make, two):
    old, new = two
    make.question(product=old, title="Where does the water go?")
    panel = log_in(make.admin())
    new_id = new.id
    page = panel.get("/admin/products/kettle/merging").text
    assert "1 question goes there" in page
    assert "2 topics go there" in page
    refused = panel.post("/admin/products/kettle/merging", data={}, follow_redirects=True)
    assert 'class="notice notice--error"' in refused.text
    sent = {"into": new_id}
    done = panel.post("/admin/products/kettle/merging", data=sent, follow_redirects=True).text
    assert "1 question is still on its way." in done
    assert "1 question is still on its way here." in panel.get("/admin/products/moka").text
    jobs.work_off()
    assert "All its questions are there." in panel.get("/admin/products/kettle").text
    assert "merged" in panel.get("/admin/products").text


def test_the_page_of_a_topic_asks_where_to_and_moves_it(log_in, make, two):
    old, new = two
    water, new_id = _named(old, "water").id, new.id
    panel = log_in(make.admin())
    assert "Move Water to another product" in panel.get(f"/admin/topics/{water}/moving").text
    panel.post(f"/admin/topics/{water}/moving", data={"into": new_id})
    db.session.expire_all()
    assert queries.topic_by_id(water).product_id == new_id
    assert log_in(make.moderator()).get(f"/admin/topics/{water}/moving").status_code == 403
