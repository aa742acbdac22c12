"""Arranging what there is to ask about."""

import pytest

from community.core.errors import Conflict, Forbidden
from community.products import services


def test_tags_are_found_by_meaning_and_made_when_new(make):
    first = services.tags_named(["Limescale", "hot water"])
    again = services.tags_named(["hot-water", "LIMESCALE", "!!!", ""])
    assert [tag.slug for tag in first] == ["limescale", "hot-water"]
    assert {tag.id for tag in again} == {tag.id for tag in first}


def test_an_admin_offers_products_with_topics_on_two_levels(make):
    admin = make.admin()
    product = services.add_product(admin, "Moka One", "Small and quick.")
    topic = services.add_topic(admin, product, "Water")
    below = services.add_topic(admin, product, "Limescale", topic)
    assert (product.slug, below.parent_id) == ("moka-one", topic.id)


def test_a_moderator_does_not(make):
    with pytest.raises(Forbidden):
        services.add_product(make.moderator(), "Moka One")


def test_two_products_of_one_name_are_refused(make):
    admin = make.admin()
    services.add_product(admin, "Moka One")
    with pytest.raises(Conflict):
        services.add_product(admin, "Moka One")
