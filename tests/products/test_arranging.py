"""Putting products, topics and tags in order."""

import pytest
from sqlalchemy import select

from community.core.audit import Act
from community.core.db import db
from community.core.errors import Conflict, Forbidden, Invalid
from community.products import queries, services
from community.products.models import Tag, Topic
from community.products.services import arranging, tagging
from community.questions import queries as question_queries
from community.questions.models import Question


def _tag(slug):
    return db.session.scalar(select(Tag).where(Tag.slug == slug))


def _slugs(question):
    return [tag.slug for tag in question_queries.tags_of(question)]


def test_products_are_shown_earlier_and_later_and_no_further_than_the_ends(make):
    admin = make.admin()
    first, second, third = (services.add_product(admin, name) for name in ("A1", "B1", "C1"))
    arranging.shift_product(admin, third, -1)
    assert [each.slug for each in queries.current()] == ["a1", "c1", "b1"]
    arranging.shift_product(admin, first, -1)
    arranging.shift_product(admin, second, 5)
    assert [each.slug for each in queries.current()] == ["a1", "c1", "b1"]


def test_topics_are_ordered_within_their_level(make):
    admin, product = make.admin(), make.product()
    water, steam = (services.add_topic(admin, product, name) for name in ("Water", "Steam"))
    services.add_topic(admin, product, "Limescale", water)
    arranging.shift_topic(admin, steam, -1)
    level = [t.slug for t in queries.topics_of(product.id) if t.parent_id is None]
    assert level == ["steam", "water"]


def test_a_topic_is_renamed_and_put_below_another_and_keeps_its_address(make):
    admin, product = make.admin(), make.product()
    water, steam = (services.add_topic(admin, product, name) for name in ("Water", "Steam"))
    arranging.change_topic(admin, steam, "Hot steam", water)
    assert (steam.name, steam.slug, steam.parent_id) == ("Hot steam", "steam", water.id)


def test_no_topic_comes_to_lie_on_a_third_level(make):
    admin, product = make.admin(), make.product()
    water, steam = (services.add_topic(admin, product, name) for name in ("Water", "Steam"))
    services.add_topic(admin, product, "Limescale", water)
    with pytest.raises(Invalid):
        arranging.change_topic(admin, water, "Water", steam)


def test_a_merged_topic_gives_its_questions_and_its_address_to_the_other(make, client):
    admin, product = make.admin(), make.product("Kettle")
    water, steam = (services.add_topic(admin, product, name) for name in ("Water", "Steam"))
    below = services.add_topic(admin, product, "Limescale", water)
    question = make.question(product=product, topic_id=water.id)
    arranging.merge_topic(admin, water, steam)
    db.session.expire_all()
    assert db.session.get(Question, question.id).topic_id == steam.id
    assert db.session.get(Topic, below.id).parent_id == steam.id
    assert [topic.slug for topic in queries.topics_of(product.id)] == ["steam", "limescale"]
    answer = client.get("/products/kettle?topic=water")
    assert (answer.status_code, answer.location) == (301, "/products/kettle?topic=steam")


def test_a_topic_is_merged_with_none_of_another_product_nor_with_itself(make):
    admin, water, other = make.admin(), make.topic(), make.topic()
    for into in (water, other):
        with pytest.raises(Invalid):
            arranging.merge_topic(admin, water, into)


def test_a_renamed_tag_keeps_its_questions_and_its_old_address_leads_to_it(make, client):
    admin, question = make.admin(), make.question(tags=("limescale",))
    tagging.rename_tag(admin, _tag("limescale"), "Hard water")
    assert _slugs(question) == ["hard-water"]
    answer = client.get("/tags/limescale")
    assert (answer.status_code, answer.location) == (301, "/tags/hard-water")
    assert [tag.slug for tag in services.tags_named(["limescale"])] == ["hard-water"]


def test_a_tag_that_gets_its_old_name_back_is_found_by_both(make):
    admin = make.admin()
    [tag] = services.tags_named(["limescale"])
    tagging.rename_tag(admin, tag, "hard water")
    tagging.rename_tag(admin, tag, "limescale")
    assert services.tags_named(["hard water", "limescale"]) == [tag]


def test_a_tag_does_not_take_the_name_of_another(make):
    [one, _other] = services.tags_named(["one", "other"])
    with pytest.raises(Invalid):
        tagging.rename_tag(make.admin(), one, "Other")


def test_merged_tags_count_each_question_once(make):
    admin = make.admin()
    both = make.question(tags=("scale", "limescale"))
    one = make.question(tags=("scale",))
    tagging.merge_tag(admin, _tag("scale"), _tag("limescale"))
    db.session.expire_all()
    assert _slugs(both) == _slugs(one) == ["limescale"]
    assert (_tag("limescale").question_count, _tag("scale")) == (2, None)
    assert [tag.slug for tag in services.tags_named(["scale"])] == ["limescale"]


def test_a_synonym_is_replaced_when_it_is_typed(make):
    [tag] = services.tags_named(["limescale"])
    tagging.add_synonym(make.admin(), tag, "Cal")
    assert _slugs(make.question(tags=("cal", "limescale"))) == ["limescale"]


def test_a_word_that_is_a_tag_becomes_no_synonym(make):
    [tag, _other] = services.tags_named(["limescale", "cal"])
    with pytest.raises(Invalid):
        tagging.add_synonym(make.admin(), tag, "cal")


def test_a_synonym_that_is_removed_is_a_word_like_others(make):
    admin = make.admin()
    [tag] = services.tags_named(["limescale"])
    tagging.add_synonym(admin, tag, "cal")
    tagging.remove_synonym(admin, queries.aliases_of([tag])[tag.id][0])
    assert [each.slug for each in services.tags_named(["cal"])] == ["cal"]


def test_only_a_tag_that_nothing_carries_is_dropped(make):
    admin = make.admin()
    make.question(tags=("used",))
    services.tags_named(["unused"])
    tagging.drop_tag(admin, _tag("unused"))
    assert _tag("unused") is None
    with pytest.raises(Conflict):
        tagging.drop_tag(admin, _tag("used"))


def test_moderators_arrange_nothing(make):
    [tag, other] = services.tags_named(["one", "other"])
    with pytest.raises(Forbidden):
        tagging.merge_tag(make.moderator(), tag, other)


def test_what_is_arranged_stands_in_the_record(make):
    admin, product = make.admin(), make.product()
    services.change_product(admin, product, {"archived": True})
    [tag, other] = services.tags_named(["one", "other"])
    tagging.merge_tag(admin, tag, other)
    names = db.session.scalars(select(Act.name).where(Act.actor_id == admin.id)).all()
    assert list(names) == ["change-product", "merge-tag"]
