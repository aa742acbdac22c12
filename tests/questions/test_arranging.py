import pytest

from community.core.audit import Act
from community.core.db import db
from community.core.errors import Conflict, Forbidden, Invalid
from community.members.models import Member
from community.moderation.models.flags import FlagReason
from community.moderation.models.items import Item
from community.moderation.services import flagging
from community.moderation.services.flagging import Complaint
from community.posts.models import Revision
from community.questions import queries
from community.questions.services import arranging, closing
from community.questions.services.arranging import Shelf
from community.reputation.models import ProductReputation
from community.reputation.services import booking


def level(make, number):
    return make.member(trust_level=number)


def slugs(question):
    return sorted(tag.slug for tag in queries.tags_of(question))


def test_other_tags_come_with_a_revision_and_a_record(make):
    question = make.question(tags=("leak", "pump"))
    arranging.retag(level(make, 2), question, ("leak", "filter"), question.version, "Not the pump")
    assert slugs(question) == ["filter", "leak"]
    latest = db.session.query(Revision).filter_by(post_id=question.id, number=2).one()
    assert (latest.tags, latest.reason, latest.body) == (
        "leak filter",
        "Not the pump",
        question.body,
    )
    act = db.session.query(Act).filter_by(name="retag").one()
    assert (act.before, act.after) == (["leak", "pump"], ["filter", "leak"])


def test_level_one_is_not_enough_to_change_tags(make):
    question = make.question(tags=("leak",))
    with pytest.raises(Forbidden):
        arranging.retag(level(make, 1), question, ("pump",), 1)


def test_askers_change_their_own_tags_at_any_level(make):
    question = make.question(tags=("leak",))
    arranging.retag(question.author, question, ("pump",), 1)
    assert slugs(question) == ["pump"]


def test_who_was_slower_is_told(make):
    question = make.question(tags=("leak",))
    arranging.retag(make.moderator(), question, ("pump",), 1)
    with pytest.raises(Conflict):
        arranging.retag(make.moderator(), question, ("filter",), 1)


def test_the_same_tags_leave_no_trace(make):
    question = make.question(tags=("leak",))
    arranging.retag(level(make, 2), question, ("leak",), 1)
    assert make.fresh(question).version == 1


def test_a_question_moves_with_its_answers_and_what_they_earned(make, run_jobs):
    old, new = make.product(), make.product()
    topic = make.topic(new)
    answer = make.answer(make.question(product=old))
    for _vote in range(12):
        make.voted(answer, 1, make.member(joined_at=answer.created_at.replace(year=2020)))
    run_jobs()
    author, question = answer.author_id, queries.question_of(answer)
    before = db.session.get(Member, author).reputation
    assert amounts(author) == {old.id: 100}
    arranging.move(level(make, 3), question, Shelf(new, topic), "It is about the new one")
    run_jobs()
    assert (make.fresh(question).product_id, question.topic_id) == (new.id, topic.id)
    assert make.fresh(answer).product_id == new.id
    assert amounts(author) == {old.id: 0, new.id: 100}
    assert make.fresh(db.session.get(Member, author)).reputation == before == 101
    assert booking.settle(answer.id) == set()


def test_what_waits_about_a_question_waits_where_it_was_moved_to(make):
    old, new = make.product(), make.product()
    answer = make.answer(make.question(product=old))
    item_id = flagging.flag(level(make, 2), answer, Complaint(reason=FlagReason.SPAM)).item_id
    arranging.move(level(make, 3), queries.question_of(answer), Shelf(new))
    assert make.fresh(db.session.get(Item, item_id)).product_id == new.id


def amounts(member_id):
    rows = db.session.query(ProductReputation).filter_by(member_id=member_id)
    db.session.expire_all()
    return {row.product_id: row.amount for row in rows}


def test_level_two_does_not_move_questions(make):
    with pytest.raises(Forbidden):
        arranging.move(level(make, 2), make.question(), Shelf(make.product()))


def test_a_topic_of_another_product_is_refused(make):
    with pytest.raises(Invalid):
        arranging.move(make.moderator(), make.question(), Shelf(make.product(), make.topic()))


def test_a_suggestion_is_shown_until_somebody_decides(make, log_in):
    original, later = make.question(title="Why does my kettle leak?"), make.question()
    arranging.suggest_duplicate(level(make, 2), later, original)
    asker, number = later.author, later.id
    address = f"/questions/{number}/{later.slug}"
    page = log_in(asker)
    shown = page.get(address).text
    assert "This may have been asked before" in shown
    assert "Why does my kettle leak?" in shown
    form = page.get(f"/questions/{number}/closure?original={original.id}").text
    assert f'value="{original.id}"' in form
    page.post(f"/questions/{number}/duplicate/removal")
    assert "This may have been asked before" not in page.get(address).text


def test_closing_ends_the_suggestion(make):
    original, later = make.question(), make.question()
    arranging.suggest_duplicate(level(make, 2), later, original)
    closing.close(later.author, later, closing.CloseReason.DUPLICATE, original)
    assert make.fresh(later).likely_original_id is None


def test_a_hidden_original_is_not_shown(make, log_in, client):
    original, later = make.question(), make.question()
    arranging.suggest_duplicate(level(make, 2), later, original)
    make.hidden(original)
    page = client.get(f"/questions/{later.id}/{later.slug}").text
    assert "This may have been asked before" not in page


def test_a_question_is_no_duplicate_of_itself(make):
    question = make.question()
    with pytest.raises(Invalid):
        arranging.suggest_duplicate(level(make, 2), question, question)


def test_the_pages_do_what_the_services_do(make, log_in):
    question, original, product = make.question(), make.question(), make.product("Mill")
    number = question.id
    page = log_in(level(make, 3))
    page.post(f"/questions/{number}/tags", data={"tags": "noise, motor", "version": "1"})
    page.post(f"/questions/{number}/place", data={"place": "mill", "reason": "It is a mill"})
    page.post(f"/questions/{number}/duplicate", data={"original": f"/questions/{original.id}"})
    changed = make.fresh(queries.by_id(number))
    assert slugs(changed) == ["motor", "noise"]
    assert changed.product_id == product.id
    assert changed.likely_original_id == original.id


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("tags", {"tags": "a,b,c,d,e,f", "version": "1"}),
        ("tags", {"tags": "a", "version": "9"}),
        ("place", {"place": "nowhere"}),
        ("duplicate", {"original": "what?"}),
        ("duplicate", {"original": "999999"}),
    ],
)
def test_what_cannot_be_is_said_at_the_form(make, log_in, path, sent):
    question = make.question()
    page = log_in(make.moderator()).post(f"/questions/{question.id}/{path}", data=sent)
    assert page.status_code == 422
    assert "Please check the following" in page.text


@pytest.mark.parametrize("path", ["tags", "place", "duplicate"])
def test_a_new_member_is_refused_and_a_guest_logs_in(make, log_in, client, path):
    question = make.question()
    address = f"/questions/{question.id}/{path}"
    assert client.get(address).headers["Location"].startswith("/login")
    assert log_in(make.member()).get(address).status_code == 403


@pytest.mark.parametrize(("number", "followed"), [(2, False), (3, True)])
def test_links_of_regulars_are_followed_by_search_engines(make, client, number, followed):
    author = level(make, number)
    answer = make.answer(author=author, body='See https://example.org and `rel="nofollow"`')
    page = client.get(f"/answers/{answer.id}", follow_redirects=True).text
    link = page.split('href="https://example.org"')[1].split(">")[0]
    assert ("nofollow" not in link) is followed
    assert "noopener" in link
