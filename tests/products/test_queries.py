"""Finding products and tags."""

import pytest

from community.core.clock import now
from community.core.errors import NotFound
from community.products import queries


def test_archived_products_take_no_more_questions(make):
    kept, gone = make.product("Kettle"), make.product("Mug")
    gone.archived_at = now()
    assert [product.name for product in queries.current()] == [kept.name]


def test_a_topic_belongs_to_its_product(make):
    kettle, mug = make.product("Kettle"), make.product("Mug")
    topic = make.topic(kettle, "Lid")
    assert queries.topic_of(queries.by_slug("kettle"), "lid").id == topic.id
    with pytest.raises(NotFound):
        queries.topic_of(queries.by_slug(mug.slug), "lid")


def test_tags_in_use_come_with_the_most_used_first(make):
    make.question(tags=("lid", "heat"))
    make.question(tags=("heat",))
    assert [tag.slug for tag in queries.tags(1).items] == ["heat", "lid"]


def test_a_wildcard_in_the_start_of_a_tag_is_just_a_letter(make):
    make.question(tags=("heat",))
    assert queries.tags_like("%") == []
    assert [tag.slug for tag in queries.tags_like("he")] == ["heat"]
