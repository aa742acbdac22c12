"""Arranging what there is to ask about."""

import pytest
from sqlalchemy import select

from community.core.audit import Act
from community.core.db import db
from community.core.errors import Conflict, Forbidden
from community.products import queries, services


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


def test_an_admin_appoints_a_moderator_of_one_product_and_dismisses_them(make):
    admin, ben, kettle, other = make.admin(), make.member("ben"), make.product(), make.product()
    services.appoint_moderator(admin, ben, kettle)
    services.appoint_moderator(admin, ben, kettle)
    assert ben.moderates(kettle.id)
    assert not ben.moderates(other.id)
    assert not ben.moderates(None)
    assert not ben.is_moderator
    assert [each.handle for each in queries.moderators()] == ["ben"]
    services.dismiss_moderator(admin, ben, kettle)
    assert not ben.moderates(kettle.id)
    assert list(queries.moderators()) == []


def test_each_appointment_is_recorded_once(make):
    admin, ben, kettle = make.admin(), make.member(), make.product()
    services.appoint_moderator(admin, ben, kettle)
    services.appoint_moderator(admin, ben, kettle)
    acts = list(db.session.scalars(select(Act).where(Act.name == "appointed")))
    assert [(act.before, act.after) for act in acts] == [
        ({"moderated_products": []}, {"moderated_products": [kettle.id]})
    ]


def test_moderators_appoint_nobody(make):
    with pytest.raises(Forbidden):
        services.appoint_moderator(make.moderator(), make.member(), make.product())
