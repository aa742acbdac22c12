"""The pages of measures: dialogs, statements, objecting, redacting."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from community.core.clock import as_if_it_were, now
from community.core.db import db, transaction
from community.core.job_rows import Job
from community.core.mail import Letter, post
from community.moderation import waiting
from community.moderation.models.appeals import Appeal
from community.moderation.models.checks import Mode
from community.moderation.models.items import Item, ItemKind
from community.moderation.models.measures import Measure, MeasureAct
from community.moderation.queries import measures
from community.moderation.services import queueing
from community.moderation.submissions import Hit
from community.posts.models import HiddenAs, Revision

FILLED = {"act": "hide", "hours": "0", "rule": "abusive", "facts": "It is rude."}


def the_measure():
    return db.session.scalars(select(Measure).order_by(Measure.id.desc())).first()


def test_a_preset_fills_the_dialog_and_sending_it_hides_the_post(make, client, log_in):
    answer = make.answer()
    log_in(make.moderator())
    page = client.get(f"/moderation/measure?post={answer.id}&rule=abusive").text
    assert "insults or attacks a person" in page
    assert re.search(r'<input checked [^>]*value="hide"', page)
    sent = client.post(f"/moderation/measure?post={answer.id}", data=FILLED)
    assert (sent.status_code, sent.location) == (303, f"/measures/{the_measure().id}")
    assert make.fresh(answer).hidden_as == HiddenAs.HIDDEN


def test_a_dialog_that_lacks_something_keeps_what_was_typed(make, client, log_in):
    answer = make.answer()
    log_in(make.moderator())
    page = client.post(
        f"/moderation/measure?post={answer.id}", data=FILLED | {"rule": "", "facts": "Kept words"}
    )
    assert page.status_code == 422
    assert "Say which rule or which law" in page.text
    assert "Kept words" in page.text
    assert make.fresh(answer).is_visible


@pytest.mark.parametrize("path", ["/moderation/measure", "/moderation/measure?post=4711"])
def test_a_dialog_about_nothing_is_not_found(make, client, log_in, path):
    assert log_in(make.moderator()).get(path).status_code == 404


def test_the_dialog_proposes_the_next_step_of_the_ladder(make, client, log_in):
    ann = make.member()
    make.measured(act=MeasureAct.WARN, member_id=ann.id)
    page = log_in(make.moderator()).get(f"/moderation/measure?member={ann.id}").text
    assert "The ladder proposes: Mute the member." in page
    assert '<option selected value="24">' in page


def test_a_moderator_of_a_product_measures_posts_there_and_nowhere_else(make, client, log_in):
    here, elsewhere = make.answer(), make.answer()
    log_in(make.member(moderated_products=[here.product_id]))
    paths = {post: f"/moderation/measure?post={post.id}" for post in (here, elsewhere)}
    assert client.post(paths[elsewhere], data=FILLED).status_code == 403
    assert client.post(paths[here], data=FILLED).status_code == 303
    assert client.get(f"/moderation/measure?member={here.author_id}").status_code == 403
    assert make.fresh(elsewhere).is_visible


def test_members_and_guests_do_not_measure(make, client, log_in):
    answer = make.answer()
    path = f"/moderation/measure?post={answer.id}"
    assert client.post(path, data=FILLED).status_code == 303
    assert log_in(make.member()).post(path, data=FILLED).status_code == 403
    assert make.fresh(answer).is_visible


def test_only_the_person_concerned_and_moderators_read_a_statement(make, client, log_in):
    answer = make.answer()
    path = f"/measures/{make.measured(act=MeasureAct.HIDE, post_id=answer.id).id}"
    assert client.get(path).status_code == 303
    assert log_in(make.member()).get(path).status_code == 404
    assert "It insults a person." in log_in(make.moderator()).get(path).text
    page = log_in(answer.author).get(path).text
    assert "It insults a person." in page
    assert "Object to this" in page


def test_an_objection_is_decided_by_somebody_else_and_restores_everything(make, client, log_in):
    mia, answer = make.moderator(), make.answer()
    measure = make.measured(mia, act=MeasureAct.REMOVE, post_id=answer.id)
    path = f"/measures/{measure.id}"
    log_in(answer.author)
    assert client.post(f"{path}/appeal", data={"text": "It was a quote."}).status_code == 303
    item = db.session.scalar(select(Item).where(Item.kind == ItemKind.APPEAL))
    assert (item.subject_key, item.why) == (f"measures:{measure.id}", "It was a quote.")
    assert client.post(f"{path}/appeal", data={"text": "Once more."}).status_code == 403
    make.moderator()
    decision = {"outcome": "It was indeed a quote.", "upheld": "yes"}
    assert log_in(mia).post(f"{path}/appeal/decision", data=decision).status_code == 403
    assert "somebody else has to decide" in client.get(path).text
    log_in(make.moderator())
    assert client.post(f"{path}/appeal/decision", data=decision).status_code == 303
    assert make.fresh(answer).is_visible
    assert not make.fresh(item).is_pending
    told = log_in(answer.author).get(path).text
    assert "It was indeed a quote." in told


def test_a_refused_objection_changes_nothing_and_has_its_reasons(make, client, log_in):
    answer = make.answer()
    measure = make.measured(act=MeasureAct.REMOVE, post_id=answer.id)
    path = f"/measures/{measure.id}"
    log_in(answer.author).post(f"{path}/appeal", data={"text": "I disagree."})
    log_in(make.moderator())
    empty = client.post(f"{path}/appeal/decision", data={"outcome": " ", "upheld": "no"})
    assert empty.status_code == 422
    client.post(f"{path}/appeal/decision", data={"outcome": "It stays.", "upheld": "no"})
    assert not make.fresh(answer).is_visible
    assert db.session.scalar(select(Appeal)).is_upheld is False


def test_with_one_moderator_only_the_admin_decides_and_the_page_says_so(make, client, log_in):
    ada, answer = make.admin(), make.answer()
    measure = make.measured(ada, act=MeasureAct.HIDE, post_id=answer.id)
    path = f"/measures/{measure.id}"
    log_in(answer.author).post(f"{path}/appeal", data={"text": "I disagree."})
    assert "As there is no other moderator, the admin decides" in log_in(ada).get(path).text
    decision = {"outcome": "You are right.", "upheld": "yes"}
    assert client.post(f"{path}/appeal/decision", data=decision).status_code == 303
    assert make.fresh(answer).is_visible


@pytest.mark.parametrize(("days", "status"), [(182, 303), (184, 403)])
def test_objecting_is_possible_for_six_months(make, client, log_in, days, status):
    answer = make.answer()
    with as_if_it_were(now() - timedelta(days=days)):
        measure = make.measured(act=MeasureAct.HIDE, post_id=answer.id)
    log_in(answer.author)
    sent = client.post(f"/measures/{measure.id}/appeal", data={"text": "I disagree."})
    assert sent.status_code == status


def test_an_empty_objection_is_refused_and_nobody_objects_for_others(make, client, log_in):
    answer = make.answer()
    path = f"/measures/{make.measured(act=MeasureAct.HIDE, post_id=answer.id).id}/appeal"
    assert log_in(answer.author).post(path, data={"text": ""}).status_code == 422
    assert log_in(make.moderator()).post(path, data={"text": "Hm."}).status_code == 403
    assert log_in(make.member()).post(path, data={"text": "Hm."}).status_code == 404


def test_who_is_suspended_objects_takes_the_texts_along_and_nothing_else(make, client, log_in):
    answer = make.answer(body="These words are mine.")
    ann = answer.author
    measure = make.measured(act=MeasureAct.SUSPEND, member_id=ann.id)
    log_in(make.fresh(ann))
    assert "It insults a person." in client.get("/suspended").text
    taken = client.get("/measures/export").json
    assert taken["posts"][0]["body"] == "These words are mine."
    assert taken["measures"][0]["id"] == measure.id
    for path in ("/", "/questions", "/settings", "/members/1"):
        assert client.get(path).location == "/suspended"
    for path in ("/rules", "/contact", "/measures"):
        assert client.get(path).status_code == 200
    sent = client.post(f"/measures/{measure.id}/appeal", data={"text": "I disagree."})
    assert sent.status_code == 303


def test_taking_a_measure_back_needs_a_reason(make, client, log_in):
    answer = make.answer()
    path = f"/measures/{make.measured(act=MeasureAct.HIDE, post_id=answer.id).id}/lifting"
    log_in(make.moderator())
    assert client.post(path, data={"reason": " "}).status_code == 422
    assert client.post(path, data={"reason": "A mistake."}).status_code == 303
    assert make.fresh(answer).is_visible


def test_the_list_of_measures_takes_as_many_statements_for_many(
    make, client, log_in, count_queries
):
    mia = make.moderator()
    make.measured(mia, act=MeasureAct.HIDE, post_id=make.answer().id)
    log_in(mia)
    client.get("/moderation/measures")
    waiting.forget()
    with count_queries() as few:
        client.get("/moderation/measures")
    for _ in range(3):
        make.measured(mia, act=MeasureAct.HIDE, post_id=make.answer().id)
    waiting.forget()
    with count_queries() as many:
        assert client.get("/moderation/measures?act=hide").text.count("/measures/") >= 4
    assert len(many) <= len(few)


# Redacting


SECRET = "C/ Mayor 5, 612 345 678"


def test_personal_data_goes_from_the_post_its_history_and_waiting_mails(make, client, log_in):
    question = make.question(title=f"Send it to {SECRET} please", body=f"I live at {SECRET}.")
    make.edited(question, body="I live there. Ring c/ mayor 5,  612 345 678!")
    make.measured(act=MeasureAct.LOCK, post_id=question.id, facts=f"It names {SECRET}.")
    transaction(post)(Letter("ben@example.org", "New", f"Ann lives at {SECRET}.", ""))
    log_in(make.moderator())
    path = f"/moderation/redaction/{question.id}"
    looked = client.post(path, data={"passages": SECRET, "look": "y"}).text
    assert "2 places in the post" in looked
    assert "[removed]" in looked
    assert SECRET in make.fresh(question).title
    assert client.post(path, data={"passages": SECRET, "go": "y"}).status_code == 303
    make.fresh(question)
    kept = [question.title, question.slug, question.body, question.body_html]
    for told in db.session.scalars(select(Revision).where(Revision.post_id == question.id)):
        kept += [told.title, told.body]
    kept += [str(each.arguments) for each in db.session.scalars(select(Job))]
    kept += [each.statement + each.facts for each in measures.of_member(question.author_id)]
    assert "mayor" not in " ".join(kept).lower()
    assert "612" not in " ".join(kept)
    assert "[removed]" in question.body


def test_personal_data_goes_from_what_checks_found_and_show_in_the_queue(make, client, log_in):
    answer = make.answer(body="Ring me: 612 345 678.")
    hit = Hit(check="phones", mode=Mode.HOLD, evidence={"numbers": ["612 345 678"]})
    queueing.open_item(ItemKind.HELD, post_id=answer.id, hits=[hit])
    log_in(make.moderator())
    assert "612 345 678" in client.get("/moderation/queue").text
    path = f"/moderation/redaction/{answer.id}"
    client.post(path, data={"passages": "612 345 678", "go": "y"})
    page = client.get("/moderation/queue").text
    assert "it contains a telephone number: [removed]" in page
    assert "345 678" not in page


def test_redacting_is_on_record_without_repeating_the_data(make, client, log_in):
    answer = make.answer(body=f"I live at {SECRET}.")
    log_in(make.moderator())
    client.post(f"/moderation/redaction/{answer.id}", data={"passages": SECRET, "go": "y"})
    page = client.get("/moderation/log?what=redact").text
    assert f"posts:{answer.id}" in page
    assert "Mayor" not in page


@pytest.mark.parametrize(("words", "status"), [("ab", 422), ("", 422), ("nowhere at all", 422)])
def test_redacting_nothing_changes_nothing(make, client, log_in, words, status):
    answer = make.answer(body="These words stay.")
    log_in(make.moderator())
    sent = client.post(f"/moderation/redaction/{answer.id}", data={"passages": words, "go": "y"})
    assert sent.status_code == status
    assert make.fresh(answer).body == "These words stay."


def test_members_do_not_redact(make, client, log_in):
    answer = make.answer()
    log_in(answer.author)
    assert client.get(f"/moderation/redaction/{answer.id}").status_code == 403
