"""Whole communities move in: what is here afterwards, and what the report says."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from community.badges import queries as badge_queries
from community.badges.models import Award
from community.core.db import db
from community.core.errors import CommunityError
from community.imports.errors import AnotherCommunity
from community.imports.models import OldId
from community.members.models import Guest, Member
from community.moderation.models.measures import Measure, MeasureAct
from community.moderation.services.measuring import lift
from community.notifications.models import Notification
from community.posts.models import HiddenAs, Post, Revision
from community.products.models import Tag
from community.questions.models import Answer, CloseReason, Comment, MeToo, Question, State
from community.questions.queries import threads
from community.reputation.models import Booking
from community.votes.models import Vote

# Badges of the old forum; its own ones the forum awards by itself.
BROUGHT = Award.imported_from != ""


def called(kind, old_id):
    """Return what had this id on the old forum."""
    found = select(OldId).where(OldId.kind == kind, OldId.old_id == old_id)
    row = db.session.scalars(found).one()
    return (
        db.session.get(Member, row.member_id)
        if row.member_id
        else db.session.get(Post, row.post_id)
    )


def number_of(model, *conditions):
    return db.session.scalar(select(func.count()).select_from(model).where(*conditions))


def test_a_question_comes_with_its_facts(kettles, move_in):
    move_in(kettles)
    question = called("questions", "1")
    assert question.title == "Are white flakes in the water dangerous?"
    assert question.body.startswith("White flakes float in my kettle. Is that *dangerous*?")
    assert "<em>dangerous</em>" in question.body_html
    assert question.created_at == datetime(2019, 3, 1, 10, tzinfo=UTC)
    assert (question.author_id, question.views) == (called("members", "1").id, 120)
    assert (question.score, question.answer_count, question.state) == (2, 2, State.SOLVED)
    assert question.solution_id == called("answers", "2").id
    assert question.solved_at == datetime(2019, 3, 1, 10, 30, tzinfo=UTC)
    assert question.active_at == datetime(2019, 3, 3, 8, tzinfo=UTC)


def test_everything_in_the_files_is_counted_somewhere(kettles, move_in):
    report = move_in(kettles)
    assert report.came == {
        "tags": 3, "members": 6, "questions": 3, "answers": 3, "solutions": 1, "comments": 3,
        "votes": 6, "badges": 2, "duplicates": 1, "revisions": 4, "closings": 1,
    }  # fmt: skip
    assert sum(report.skipped.values()) == 13
    assert number_of(Question) == 3
    assert number_of(Answer) == number_of(Comment) == 3
    assert (number_of(Vote), number_of(Award, BROUGHT), number_of(Tag)) == (6, 2, 3)
    assert number_of(Member) == 6 + 1
    table = "\n".join(report.lines())
    assert "questions                    4             3             0             1" in table
    assert "tag wiki" in table


def test_it_comes_in_only_once(kettles, move_in, everything):
    first = move_in(kettles)
    before = everything()
    second = move_in(kettles)
    assert everything() == before
    assert second.came.total() == 0
    assert second.already == first.came
    assert second.skipped == first.skipped


def test_a_dry_run_writes_nothing_and_says_the_same(kettles, kitsune, move_in, everything):
    before = everything()
    dry = move_in(kettles, rehearsal=True)
    dry_too = move_in(kitsune, kitsune=True, rehearsal=True)
    assert everything() == before
    assert list(move_in(kettles).lines()) == list(dry.lines())
    assert list(move_in(kitsune, kitsune=True).lines()) == list(dry_too.lines())


def test_hostile_texts_come_in_harmless(kettles, move_in):
    move_in(kettles)
    for post in db.session.scalars(select(Post)):
        for danger in ("<script", "javascript:", "onerror", "<img"):
            assert danger not in post.body_html.lower()
    assert "Throw it away!" in called("answers", "3").body_html
    ines, olya = called("members", "1"), called("members", "4")
    assert "<strong>kettles</strong>" in ines.about_html
    assert "script" not in ines.about_html
    assert (ines.website, olya.website) == ("https://ines.example/", "")


def test_members_have_handles_of_their_own_and_no_password(kettles, move_in, make):
    make.member("tomas")
    move_in(kettles)
    came = select(Member).where(Member.imported_from != "").order_by(Member.id)
    people = db.session.scalars(came).all()
    handles = [each.handle for each in people]
    assert handles == [
        "community", "ines-marlow", "ines-marlow-2", "tomas-2", "olia",
        "former-member-5", "former-member",
    ]  # fmt: skip
    assert {(each.password_hash, each.email) for each in people} == {("", None)}
    assert called("members", "3").name == "tomas"


@pytest.mark.parametrize(
    ("name", "shown", "handle"),
    [
        ("Support", "Support (former forum)", "support-former-forum"),
        ("Kettle Staff", "Kettle Staff", "kettle-staff"),
        ("@next", "next", "next"),
        ("Supp0rt", "Supp0rt (former forum)", "supp0rt-former-forum"),
        ("a.d.m.i.n", "a.d.m.i.n", "former-a-d-m-i-n"),
        ("a\u202eb\u200b", "ab", "member-ab"),
        ("12345", "12345", "member-12345"),
        ("x" * 80, "x" * 60, "x" * 30),
        ("@@@", "Member 1", "member-1"),
    ],
)
def test_names_trick_nobody(kettles, move_in, name, shown, handle):
    (kettles / "Users.xml").write_text(f'<users><row Id="1" DisplayName="{name}" /></users>')
    move_in(kettles)
    ines = called("members", "1")
    assert (ines.name, ines.handle) == (shown, handle)


def test_who_is_gone_is_stood_in_for(kettles, move_in):
    report = move_in(kettles)
    nobody = called("members", "")
    assert nobody.name == "Former member"
    assert called("answers", "3").author_id == called("answers", "7").author_id == nobody.id
    assert number_of(Member, Member.name == "Former member") == 1
    assert any("former member" in reason for _, reason in report.changed)


def test_a_title_that_is_too_long_is_cut_and_stands_whole_in_the_text(kettles, move_in):
    move_in(kettles)
    question = called("questions", "5")
    assert len(question.title) <= 150
    assert question.title.endswith("…")
    assert question.body.startswith("**It hums so loud")
    assert "booklet says one should do</strong>" in question.body_html
    assert question.created_at.year == 1969


def test_a_duplicate_is_closed_and_leads_to_the_original(kettles, move_in):
    move_in(kettles)
    question = called("questions", "4")
    assert question.duplicate_of_id == called("questions", "1").id
    assert (question.state, question.close_reason) == (State.CLOSED, CloseReason.DUPLICATE)


def test_duplicates_never_lead_in_a_circle_and_always_to_the_end(kettles, move_in):
    link = '<row Id="{}" PostId="{}" RelatedPostId="{}" LinkTypeId="3" />'
    pairs = [(4, 5), (5, 4), (4, 1), (5, 1), (1, 1)]
    rows = "".join(link.format(number, *pair) for number, pair in enumerate(pairs))
    (kettles / "PostLinks.xml").write_text(f"<postlinks>{rows}</postlinks>")
    report = move_in(kettles)
    assert report.came["duplicates"] == 2
    assert report.skipped["duplicates", "it would lead back to itself"] == 2
    assert report.skipped["duplicates", "its question leads to another one already"] == 1
    ends = {called("questions", old).duplicate_of_id for old in ("4", "5")}
    assert ends == {called("questions", "1").id}


def test_links_between_old_posts_lead_to_where_they_are_now(kettles, move_in, client):
    move_in(kettles, old_address="https://kettles.example")
    html = called("questions", "4").body_html
    assert 'href="/imported/stack-exchange/q/1"' in html
    assert 'href="/imported/stack-exchange/a/2"' in html
    assert client.get("/imported/stack-exchange/q/1").status_code == 301


def test_the_history_ends_with_what_the_post_says_now(kettles, move_in):
    move_in(kettles)
    question = called("questions", "1")
    mine = select(Revision).where(Revision.post_id == question.id).order_by(Revision.number)
    history = db.session.scalars(mine).all()
    assert [each.number for each in history] == [1, 2, 3]
    assert [each.title[:5] for each in history] == ["White", "Are w", "Are w"]
    assert [each.tags for each in history] == ["noise", "descaling", "descaling"]
    assert (history[1].reason, history[2].body) == ("say what they are", question.body)
    assert question.version == 3
    without = select(Post.id).where(~select(Revision).where(Revision.post_id == Post.id).exists())
    assert db.session.scalars(without).all() == []


def test_what_an_author_typed_is_taken_where_it_says_the_same(kettles, move_in):
    path = kettles / "PostHistory.xml"
    typed = "No, that is lime.&#xA;Boil it with __citric acid__."
    path.write_text(
        path.read_text().replace("No, that is lime. Boil it with **citric acid**.", typed)
    )
    move_in(kettles)
    answer = called("answers", "2")
    assert answer.body == "No, that is lime.\nBoil it with __citric acid__."
    assert "<strong>citric acid</strong>" in answer.body_html
    assert called("questions", "1").body.endswith("hardness: 21 dH\n```")


def test_tags_that_look_alike_stay_two(kettles, move_in):
    rows = '<row Id="1" TagName="c" /><row Id="2" TagName="c#" /><row Id="3" TagName="c++" />'
    (kettles / "Tags.xml").write_text(f"<tags>{rows}</tags>")
    move_in(kettles)
    alike = select(Tag.name, Tag.slug).where(Tag.name.startswith("c"))
    assert set(db.session.execute(alike)) == {("c", "c"), ("c#", "c-2"), ("c++", "c-3")}


def test_damage_keeps_what_came_before_and_the_other_files(kettles, move_in):
    path = kettles / "Posts.xml"
    path.write_text(path.read_text().split('<row Id="4"')[0] + '<row Id="4" Post')
    report = move_in(kettles)
    assert not report.is_whole
    assert [each.path.name for each in report.damages] == ["Posts.xml"]
    assert report.came["questions"] == 1
    assert report.came["answers"] == 2
    assert report.came["votes"] == 6
    assert "Damaged: Posts.xml, line 6, byte" in "\n".join(report.lines())


def test_a_repaired_file_brings_the_rest(kettles, move_in, everything):
    path = kettles / "Posts.xml"
    whole = path.read_text()
    path.write_text(whole[: whole.index('<row Id="3"') + 20])
    move_in(kettles)
    path.write_text(whole)
    report = move_in(kettles)
    assert report.is_whole
    assert (report.already["questions"], report.came["questions"]) == (1, 2)
    assert number_of(Question) == 3
    assert called("questions", "1").answer_count == 2


def test_files_may_be_missing(kettles, move_in):
    for name in ("Users.xml", "Votes.xml", "Tags.xml", "PostHistory.xml"):
        (kettles / name).unlink()
    report = move_in(kettles)
    assert set(report.missing) == {"Users.xml", "Votes.xml", "Tags.xml", "PostHistory.xml"}
    assert report.came["questions"] == 3
    assert called("questions", "1").author_id == called("members", "").id


def test_another_community_is_refused(kettles, move_in, everything):
    move_in(kettles)
    before = everything()
    for name in ("Posts.xml", "Users.xml", "Comments.xml"):
        path = kettles / name
        path.write_text(path.read_text().replace("2019", "2017"))
    with pytest.raises(AnotherCommunity):
        move_in(kettles)
    assert everything() == before


def test_kitsune_keeps_language_product_topic_and_me_toos(kitsune, move_in):
    move_in(kitsune, kitsune=True)
    first, second = called("questions", "501"), called("questions", "502")
    assert (first.lang, second.lang, called("questions", "503").lang) == ("en", "es", "other")
    assert number_of(MeToo, MeToo.question_id == first.id) == first.me_too_count == 4
    assert first.product_id != called("questions", "503").product_id
    assert first.topic_id != second.topic_id
    assert (first.state, first.answer_count) == (State.SOLVED, 1)
    assert called("answers", "9001").score == 2 - 1
    assert 'href="/imported/kitsune/q/501"' in second.body_html


def test_what_comes_in_hidden_has_its_measure(kitsune, move_in):
    move_in(kitsune, kitsune=True)
    hidden = set(db.session.scalars(select(Post.id).where(Post.hidden_at.is_not(None))))
    measures = db.session.scalars(select(Measure)).all()
    assert {each.post_id for each in measures} == hidden != set()
    for measure in measures:
        assert measure.member_id == db.session.get(Post, measure.post_id).author_id
        assert measure.facts in measure.statement
        assert (measure.act, measure.rule) == (MeasureAct.REMOVE, "spam")
    lifted = lift(None, measures[0].id, "No spam.")
    assert db.session.get(Post, lifted.post_id).is_visible


def test_spam_comes_in_hidden_and_is_seen_by_nobody(kitsune, move_in, client):
    move_in(kitsune, kitsune=True)
    spam, reply = called("questions", "503"), called("answers", "9002")
    assert spam.hidden_as == reply.hidden_as == HiddenAs.REMOVED
    assert not spam.is_visible
    assert not reply.is_visible
    assert client.get("/imported/kitsune/q/503").status_code == 301
    with pytest.raises(CommunityError) as refusal:
        threads.thread(spam.id, 1, Guest())
    assert refusal.value.status in {404, 410}
    page = threads.thread(called("questions", "501").id, 1, Guest())
    assert [each.id for each in page.answers.items] == [called("answers", "9001").id]


def test_locked_is_closed_and_archived_stays_open_unless_wished(kitsune, move_in):
    report = move_in(kitsune, kitsune=True)
    assert called("questions", "502").state == State.CLOSED
    assert called("questions", "501").is_open
    assert report.changed["questions", "archived: open for answers again"] == 1


def test_archived_is_closed_on_demand(kitsune, move_in):
    move_in(kitsune, kitsune=True, close_archived=True)
    assert not called("questions", "501").is_open


def test_members_of_kitsune_joined_when_they_first_wrote(kitsune, move_in):
    move_in(kitsune, kitsune=True)
    seller = called("members", "seller1")
    assert seller.joined_at == datetime(2022, 1, 3, 10, tzinfo=UTC)
    assert called("members", "someone@example.com").name == "someone"


REAL_ONES = {
    "cardano": ({Question: 1042, Answer: 1496, Comment: 1828, Tag: 224, Award: 4467}, 9147),
    "bicycles-meta": (
        {Question: 453, Answer: 971, Comment: 2448, Tag: 94, Award: 6585},
        5671,
    ),
}


# On one database: what it writes is written by the same statements as in the smaller tests here.
@pytest.mark.sqlite
@pytest.mark.parametrize("name", REAL_ONES)
def test_a_real_dump_comes_in_whole_or_says_why_not(real, move_in, name):
    expected, votes_in_file = REAL_ONES[name]
    report = move_in(real(name))
    brought = {model: [BROUGHT] if model is Award else [] for model in expected}
    assert {model: number_of(model, *only) for model, only in brought.items()} == expected
    votes = sum(number for (kind, _), number in report.skipped.items() if "votes" in kind)
    assert number_of(Vote) + votes == votes_in_file
    assert number_of(Question, Question.solution_id.is_not(None)) == report.came["solutions"]
    assert move_in(real(name)).came.total() == 0


def test_reputation_and_badges_of_history_are_there_at_once_and_silently(kettles, move_in):
    move_in(kettles)
    asker = db.session.scalars(select(Question).order_by(Question.id)).first().author_id
    assert "first-question" in {each.badge.key for each in badge_queries.of_member(asker)}
    booked = select(Booking.member_id, func.sum(Booking.amount)).group_by(Booking.member_id)
    totals = dict(iter(db.session.execute(booked)))
    shown = select(Member.id, Member.reputation).where(Member.id.in_(totals))
    assert totals
    assert dict(iter(db.session.execute(shown))) == {
        member_id: max(1, 1 + total) for member_id, total in totals.items()
    }
    assert db.session.scalar(select(func.count(Notification.id))) == 0
