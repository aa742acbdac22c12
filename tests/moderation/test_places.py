"""Where moderation shows up on the pages of others."""

from community.moderation import waiting


def test_members_find_the_way_to_report_on_others_posts_only(make, log_in):
    ann = make.member("ann")
    question = make.question(ann)
    answer, own = make.answer(question), make.answer(question, ann)
    comment = make.comment(answer)
    page = log_in(ann).get(f"/questions/{question.id}/{question.slug}").text
    assert f'"/posts/{answer.id}/flag"' in page
    assert f'"/posts/{comment.id}/flag"' in page
    assert f'"/posts/{own.id}/flag"' not in page
    assert f'"/posts/{question.id}/flag"' not in page


def test_guests_see_no_way_to_report_but_the_one_for_everybody(make, client):
    question = make.question()
    page = client.get(f"/questions/{question.id}/{question.slug}").text
    assert "/flag" not in page
    assert 'href="/unlawful-content"' in page


def test_a_profile_is_reported_by_others_only(make, log_in):
    ann, ben = make.member("ann"), make.member("ben")
    assert f"/members/{ben.id}/flag" in log_in(ann).get(f"/members/{ben.id}/ben").text
    assert "/flag" not in log_in(ann).get(f"/members/{ann.id}/ann").text


def test_moderators_see_what_waits_and_members_do_not(make, log_in, flagged):
    waiting.forget()
    flagged(make.answer())
    assert "1 item waits for review" in log_in(make.moderator()).get("/").text
    assert "review" not in log_in(make.member()).get("/").text


def test_the_badge_costs_members_no_statement_and_moderators_seldom_one(
    make, log_in, flagged, count_queries
):
    flagged(make.answer())
    mia = make.moderator()
    log_in(mia).get("/")

    def asked():
        with count_queries() as sql:
            assert log_in(mia).get("/").status_code == 200
        return sum("review_items" in each for each in sql)

    waiting.forget()
    assert [asked(), asked()] == [1, 0]
    with count_queries() as sql:
        log_in(make.member()).get("/")
    assert not any("review_items" in each for each in sql)


def test_a_moderator_of_one_product_sees_what_waits_there(make, log_in, flagged):
    waiting.forget()
    kettle = make.product()
    flagged(make.answer(make.question(product=kettle)))
    flagged(make.answer())
    pia = make.member("pia", moderated_products=[kettle.id])
    assert "1 item waits for review" in log_in(pia).get("/").text
