"""A moderator of one product works the queue of that product, all of it, and nothing else."""

import pytest
from sqlalchemy import select

from community.core.db import db
from community.moderation.models.items import Item, ItemKind
from community.moderation.models.measures import MeasureAct
from community.moderation.services import measuring, queueing
from community.posts.models import HiddenAs


@pytest.fixture
def kettle(make):
    return make.product("Kettle")


@pytest.fixture
def pia(make, kettle):
    """Moderates the kettle."""
    return make.member("pia", trust_level=1, moderated_products=[kettle.id])


@pytest.fixture
def here(make, kettle):
    return make.answer(make.question(product=kettle))


@pytest.fixture
def elsewhere(make):
    return make.answer(make.question(product=make.product("Toaster")))


def decided(client, item, decision, **data):
    """Decide as the page does; return the status of the answer."""
    address = f"/moderation/queue/{item.id}/decision"
    said = {"decision": decision, "version": item.version} | data
    return client.post(address, data=said).status_code


def test_reports_are_agreed_with_or_refused_here_and_not_found_elsewhere(
    make, log_in, pia, here, elsewhere, flagged
):
    mine, other = flagged(here), flagged(elsewhere)
    client = log_in(pia)
    page = client.get("/moderation/queue").text
    assert f'/moderation/queue/{mine.id}"' in page
    assert f'/moderation/queue/{other.id}"' not in page
    assert client.get(f"/moderation/queue/{other.id}").status_code == 404
    assert decided(client, other, "agree", rule="spam") == 404
    assert decided(client, mine, "agree", rule="spam") == 303
    assert make.fresh(here).hidden_as == HiddenAs.REMOVED
    assert make.fresh(elsewhere).is_visible


def test_what_reports_hid_is_brought_back(make, log_in, pia, here, flagged):
    item = flagged(here, by=3, level=3)
    assert make.fresh(here).hidden_as == HiddenAs.HIDDEN
    assert decided(log_in(pia), item, "disagree") == 303
    assert make.fresh(here).is_visible


@pytest.mark.parametrize(("decision", "visible"), [("approve", True), ("reject", False)])
def test_a_held_post_is_published_or_rejected(make, log_in, pia, here, decision, visible):
    draft = measuring.MeasureDraft(
        act=MeasureAct.HOLD,
        post_id=here.id,
        facts="It has many links.",
        rule="spam",
        decided_by_automation=True,
    )
    measuring.take(None, draft)
    item = queueing.open_item(ItemKind.HELD, post_id=here.id)
    assert decided(log_in(pia), item, decision, note="It advertises.") == 303
    assert make.fresh(here).is_visible is visible


def test_the_statement_is_read_and_a_measure_taken_back_here_alone(
    make, log_in, pia, here, elsewhere
):
    mine = make.measured(act=MeasureAct.HIDE, post_id=here.id)
    other = make.measured(act=MeasureAct.HIDE, post_id=elsewhere.id)
    account = make.measured(act=MeasureAct.WARN, member_id=here.author_id)
    client = log_in(pia)
    assert client.get(f"/measures/{mine.id}").status_code == 200
    assert client.post(f"/measures/{mine.id}/lifting", data={"reason": "A slip."}).status_code
    assert make.fresh(here).is_visible
    for measure in (other, account):
        assert client.get(f"/measures/{measure.id}").status_code == 404
        taken_back = client.post(f"/measures/{measure.id}/lifting", data={"reason": "A slip."})
        assert taken_back.status_code == 403
    assert not make.fresh(elsewhere).is_visible


def test_objections_are_decided_here_alone_and_not_about_ones_own_measures(
    make, log_in, pia, here, elsewhere
):
    make.moderator()
    own = make.measured(pia, act=MeasureAct.LOCK, post_id=here.id)
    mine = make.measured(act=MeasureAct.HIDE, post_id=here.id)
    other = make.measured(act=MeasureAct.HIDE, post_id=elsewhere.id)
    for measure in (own, mine, other):
        author = make.fresh(measure) and measure.member_id
        text = {"text": "It was a quote."}
        client = log_in(db.session.get(type(pia), author))
        assert client.post(f"/measures/{measure.id}/appeal", data=text).status_code == 303
    items = db.session.scalars(select(Item).where(Item.kind == ItemKind.APPEAL).order_by(Item.id))
    client = log_in(pia)
    statuses = [decided(client, each, "uphold", note="Right.") for each in items.all()]
    assert statuses == [403, 303, 404]
    assert (make.fresh(here).is_visible, make.fresh(elsewhere).is_visible) == (True, False)


def test_personal_data_is_taken_out_here_alone(make, log_in, pia, here, elsewhere):
    client = log_in(pia)
    assert client.get(f"/moderation/redaction/{here.id}").status_code == 200
    assert client.get(f"/moderation/redaction/{elsewhere.id}").status_code == 403


@pytest.mark.parametrize(
    "path", ["measures", "posts", "bulk", "checks", "words", "spam-filter", "log", "votes"]
)
def test_pages_about_the_whole_community_are_closed_and_not_linked(log_in, pia, path):
    client = log_in(pia)
    assert client.get(f"/moderation/{path}").status_code == 403
    assert f'"/moderation/{path}"' not in client.get("/moderation/queue").text
