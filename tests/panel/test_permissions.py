"""The page on who may what is complete, and says what the code does."""

import pytest

from community.core.policy import ALLOWED
from community.panel import policies
from community.panel.permissions import asking, words
from community.panel.permissions.asking import Answer


@pytest.fixture
def said(app):
    found = {each.key: each.answers for each in asking.permissions()}
    return lambda key, role: found[key][role]


def test_every_policy_has_its_words_and_no_words_are_left_over(app):
    assert {key for key, _may in asking.policies()} == set(words.POLICIES)


def test_every_policy_can_be_asked(app):
    assert [key for key, may in asking.policies() if not asking.is_askable(may)] == []


def test_every_package_with_policies_has_its_words(app):
    assert {each.package for each in asking.permissions()} <= set(words.PACKAGES)


def test_every_address_is_listed(app):
    listed = {(door.endpoint, door.address) for door in asking.doors()}
    assert listed == {(rule.endpoint, str(rule)) for rule in app.url_map.iter_rules()}


@pytest.mark.parametrize(
    ("key", "role", "answer"),
    [
        ("questions.may_edit", "guest", Answer("no")),
        ("questions.may_edit", "member", Answer("own")),
        ("questions.may_edit", "product-moderator", Answer("yes")),
        ("questions.may_edit", "staff", Answer("own")),
        ("questions.may_close", "member", Answer("own", 3)),
        ("questions.may_close", "staff", Answer("yes")),
        ("questions.may_make_official", "moderator", Answer("no")),
        ("questions.may_make_official", "staff", Answer("yes")),
        ("votes.may_vote", "member", Answer("others")),
        ("moderation.may_review", "member", Answer("no")),
        ("moderation.may_review", "moderator", Answer("yes")),
        ("panel.may_dress", "moderator", Answer("no")),
        ("panel.may_dress", "admin", Answer("yes")),
    ],
)
def test_the_answers_are_those_that_people_get(said, key, role, answer):
    assert said(key, role) == answer


def test_a_policy_that_changes_changes_the_table(said, monkeypatch):
    def may_dress(actor):
        return ALLOWED

    may_dress.__module__ = policies.__name__
    monkeypatch.setattr(policies, "may_dress", may_dress)
    found = {each.key: each.answers for each in asking.permissions()}
    assert found["panel.may_dress"]["guest"] == Answer("yes")


def test_doors_open_to_whom_they_say(app):
    opened = {door.endpoint: door.open_to for door in asking.doors()}
    assert opened["panel.overview"] == {
        "guest": False, "member": False, "product-moderator": False,
        "staff": False, "moderator": False, "admin": True,
    }  # fmt: skip
    assert all(opened["site.home"].values())


def test_asking_leaves_no_trace(said, count_queries):
    with count_queries() as statements:
        asking.permissions()
    assert [each for each in statements if not each.startswith("SELECT")] == []


def test_admins_appoint_moderators_of_a_product_on_the_page(log_in, make):
    ben, kettle = make.member("ben"), make.product("Kettle")
    panel = log_in(make.admin())
    sent = {"member": "@ben", "product": kettle.slug}
    assert panel.post("/admin/permissions/moderators", data=sent).status_code == 303
    assert make.fresh(ben).moderated_products == [kettle.id]
    assert "Dismiss" in panel.get("/admin/permissions").text
    panel.post("/admin/permissions/moderators/dismissal", data=sent)
    assert make.fresh(ben).moderated_products == []
    nobody = sent | {"member": "zed"}
    page = panel.post("/admin/permissions/moderators", data=nobody, follow_redirects=True).text
    assert ("There is no such member." in page, 'value="zed"' in page) == (True, True)
