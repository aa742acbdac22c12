"""Structured data, against the properties that Google's documentation asks for and recommends."""

import json
from datetime import datetime

import pytest

from community.core import brand
from community.questions.models import QuestionKind
from community.questions.services import solving
from community.seo.jsonld.writing import said, script_of

BASE = "http://localhost:8000"
# https://developers.google.com/search/docs/appearance/structured-data/qapage and its neighbours
# discussion-forum, profile-page, breadcrumb: required and recommended. There are no films here.
WRITTEN = {"text", "author", "datePublished", "dateModified", "url"}
QUESTION = WRITTEN | {"name", "answerCount", "upvoteCount", "acceptedAnswer", "suggestedAnswer"}
ANSWER = WRITTEN | {"upvoteCount", "comment"}
COMMENT = WRITTEN
POSTING = WRITTEN | {"headline", "comment", "interactionStatistic", "isPartOf", "image"}
PROFILE = {"name", "alternateName", "identifier", "description", "image", "sameAs"} | {
    "agentInteractionStatistic",
    "interactionStatistic",
}
PICTURE = "/uploads/" + "a" * 32 + ".png"
PAGE = {"dateCreated", "dateModified", "mainEntity"}


def is_a_moment(text):
    return datetime.fromisoformat(text).tzinfo is not None


@pytest.fixture
def solved(make):
    """A question with a solution, an answer of staff, another one, and comments."""
    question = make.question(make.member("ann"), "Why is it <b>full</b> of sand?", lang="en")
    solution = make.answer(question, make.member("ben"), body="Rinse *it* with [cold](/x) water.")
    make.answer(question, make.staff("sam", "Support, Acme"), body="We send you a new one.")
    make.answer(question, make.member("cleo"))
    make.comment(question, make.member("dan"), body="Same with mine.")
    make.comment(solution, make.member("eva"), body="It **worked**.")
    make.voted(solution)
    solving.accept(question.author, question, solution)
    return make.fresh(question)


def test_a_question_has_what_is_required_and_recommended(solved, read, address):
    page = read(address(solved)).thing("QAPage")
    question = page["mainEntity"]
    assert question["@type"] == "Question"
    assert question.keys() >= QUESTION
    assert question["name"] == "Why is it <b>full</b> of sand?"
    assert question["text"] == "It is full of sand and nothing comes out."
    assert question["answerCount"] == 3
    assert question["url"] == page["url"] == BASE + address(solved)
    assert is_a_moment(question["datePublished"])
    assert is_a_moment(question["dateModified"])
    assert question["author"] == {
        "@type": "Person",
        "name": "Ann",
        "url": f"{BASE}/members/{solved.author_id}/ann",
    }


def test_the_solution_is_accepted_and_the_others_are_suggested(solved, read, address):
    question = read(address(solved)).thing("QAPage")["mainEntity"]
    accepted, others = question["acceptedAnswer"], question["suggestedAnswer"]
    assert accepted["url"] == f"{BASE}{address(solved)}#answer-{solved.solution_id}"
    assert accepted["text"] == "Rinse it with cold water."
    assert accepted["upvoteCount"] == 1
    assert len(others) == 2
    for answer in (accepted, *others):
        assert answer["@type"] == "Answer"
        assert answer.keys() >= ANSWER - {"comment"}
        assert answer["author"]["name"]
        assert answer["author"]["url"].startswith(f"{BASE}/members/")
        assert is_a_moment(answer["datePublished"])


def test_comments_hang_on_what_they_are_about(solved, read, address):
    question = read(address(solved)).thing("QAPage")["mainEntity"]
    (on_question,) = question["comment"]
    (on_answer,) = question["acceptedAnswer"]["comment"]
    assert (on_question["text"], on_answer["text"]) == ("Same with mine.", "It worked.")
    for comment in (on_question, on_answer):
        assert comment["@type"] == "Comment"
        assert comment.keys() >= COMMENT


def test_staff_belong_to_the_brand(solved, read, address, make):
    make.set(brand.NAME, "Acme")
    answers = read(address(solved)).thing("QAPage")["mainEntity"]["suggestedAnswer"]
    sam = next(each["author"] for each in answers if each["author"]["name"] == "Sam")
    assert sam["jobTitle"] == "Support, Acme"
    assert sam["affiliation"]["@type"] == "Organization"
    assert sam["affiliation"]["name"] == "Acme"
    assert sam["affiliation"]["url"] == f"{BASE}/"
    assert "affiliation" not in answers[-1]["author"]


def test_a_question_without_answers_says_so(make, read, address):
    question = read(address(make.question())).thing("QAPage")["mainEntity"]
    assert question["answerCount"] == 0
    assert "acceptedAnswer" not in question
    assert "suggestedAnswer" not in question


def test_what_is_deleted_or_hidden_is_told_to_no_machine(make, read, address):
    question = make.question()
    make.hidden(make.answer(question, body="Buy my pills."))
    make.hidden(make.comment(question, body="And my watches."))
    assert "pills" not in read(address(question)).text
    assert "watches" not in read(address(question)).text


def test_each_page_of_a_long_thread_tells_of_its_own_answers(make, read, address):
    question = make.question()
    for number in range(22):
        make.answer(question, body=f"Answer number {number}.")
    first, second = read(address(question)), read(address(question) + "?page=2")
    told = second.thing("QAPage")["mainEntity"]
    assert len(first.thing("QAPage")["mainEntity"]["suggestedAnswer"]) == 20
    assert len(told["suggestedAnswer"]) == 2
    assert told["answerCount"] == 22
    assert f"{address(question)}?page=2#answer-" in told["suggestedAnswer"][0]["url"]


@pytest.mark.parametrize("kind", [each for each in QuestionKind if each != "question"])
def test_what_is_no_question_is_a_posting(make, read, address, kind):
    author = make.staff() if kind == QuestionKind.ANNOUNCEMENT else make.member()
    posting = make.question(
        author,
        "Free filters for everybody",
        purpose=kind,
        body=f"Take one.\n\n![Filters]({PICTURE})",
    )
    reply = make.answer(posting, body="Thank you!")
    make.comment(reply, body="From me, too.")
    make.voted(posting)
    told = read(address(posting)).thing("DiscussionForumPosting")
    assert told.keys() >= POSTING
    assert told["headline"] == "Free filters for everybody"
    assert (told["text"], told["image"]) == ("Take one.", [BASE + PICTURE])
    assert told["isPartOf"] == {
        "@type": "CollectionPage",
        "name": posting.product.name,
        "url": f"{BASE}/products/{posting.product.slug}",
    }
    assert {each["interactionType"]: each["userInteractionCount"] for each in
            told["interactionStatistic"]} == {
        "https://schema.org/LikeAction": 1, "https://schema.org/CommentAction": 1,
    }  # fmt: skip
    (comment,) = told["comment"]
    assert comment["@type"] == "Comment"
    assert comment["text"] == "Thank you!"
    assert comment["comment"][0]["text"] == "From me, too."


def test_a_profile_has_what_is_required_and_recommended(make, read):
    ann = make.member(
        "ann",
        trust_level=1,
        about_html="<p>I repair <em>kettles</em>.</p>",
        website="https://ann.example",
        avatar="a" * 32 + ".png",
    )
    question = make.question(ann)
    make.voted(question)
    page = read(f"/members/{ann.id}/ann").thing("ProfilePage")
    person = page["mainEntity"]
    assert page.keys() >= PAGE
    assert is_a_moment(page["dateCreated"])
    assert page["dateModified"] == said(question.created_at)
    (likes,) = person["interactionStatistic"]
    assert likes["interactionType"] == "https://schema.org/LikeAction"
    assert likes["userInteractionCount"] == 1
    assert person["@type"] == "Person"
    assert person.keys() >= PROFILE
    assert person["description"] == "I repair kettles."
    assert person["sameAs"] == ["https://ann.example"]
    assert person["image"] == f"{BASE}/uploads/{'a' * 32}.png"
    assert person["agentInteractionStatistic"]["userInteractionCount"] == 1


def test_a_profile_without_posts_was_changed_when_it_was_made(make, read):
    ann = make.member("ann", trust_level=1)
    page = read(f"/members/{ann.id}/ann").thing("ProfilePage")
    assert page["dateModified"] == page["dateCreated"]


def test_what_is_only_a_picture_is_told_in_the_words_that_describe_it(make, read, address):
    question = make.question(body=f'![The filter, "full" of sand]({PICTURE})')
    described = make.answer(question, body=f"![The screw]({PICTURE}) ![]({PICTURE[:-5]}b.png)")
    bare = make.answer(question, body=f"![]({PICTURE})")
    make.comment(described, body="Which screw?")
    told = read(address(question)).thing("QAPage")["mainEntity"]
    assert told["text"] == 'The filter, "full" of sand'
    assert told["image"] == [BASE + PICTURE]
    answers = {each["url"].rpartition("-")[2]: each for each in told["suggestedAnswer"]}
    assert answers[str(described.id)]["text"] == "The screw"
    assert answers[str(described.id)]["image"] == [BASE + PICTURE, f"{BASE}{PICTURE[:-5]}b.png"]
    assert answers[str(bare.id)]["text"] == "A picture"
    assert "image" not in answers[str(described.id)]["comment"][0]


def test_the_front_door_tells_how_to_search(read, make):
    make.set(brand.NAME, "Acme")
    site = read("/").thing("WebSite")
    assert (site["name"], site["url"]) == ("Acme", f"{BASE}/")
    action = site["potentialAction"]
    assert action["target"]["urlTemplate"] == f"{BASE}/search?q={{search_term_string}}"
    assert action["query-input"] == "required name=search_term_string"


def test_every_page_tells_where_it_stands(make, read, address):
    product = make.product("Kettle 9000")
    question = make.question(make.member("ann", trust_level=1), product=product, tags=("sand",))
    ways = {
        address(question): ["Start", "Kettle 9000", "How do I clean the filter?"],
        f"/products/{product.slug}": ["Start", "Kettle 9000"],
        "/tags/sand": ["Start", "Tags", "Questions about sand"],
        "/tags": ["Start", "Tags"],
        "/questions": ["Start", "Questions"],
        f"/members/{question.author_id}/ann": ["Start", "Ann"],
    }
    for where, way in ways.items():
        trail = read(where).thing("BreadcrumbList")["itemListElement"]
        assert [each["name"] for each in trail] == way
        assert [each["position"] for each in trail] == list(range(1, len(way) + 1))
        assert trail[0]["item"] == f"{BASE}/"
        assert trail[-1]["item"] == BASE + where


def test_no_text_breaks_out_of_its_element(make, read, address, client):
    nasty = "</script><script>alert(1)</script><!-- \u2028 & <b>"
    question = make.question(title=nasty, body=f"```\n{nasty}\n```")
    text = client.get(address(question)).text
    assert "<script>alert" not in text
    assert "\u2028" not in text.partition("</head>")[0].partition("ld+json")[2]
    told = read(address(question)).thing("QAPage")["mainEntity"]
    assert told["name"] == question.title
    assert "</script><script>alert(1)</script>" in told["text"]
    assert "</" not in script_of({"name": nasty})[:-11].partition(">")[2]


def test_what_is_written_can_be_read_by_any_reader_of_json():
    text = script_of({"name": "Ñandú <&> \u2029"})
    whole = json.loads(text.partition(">")[2].rpartition("<")[0])
    assert whole == {"@context": "https://schema.org", "name": "Ñandú <&> \u2029"}


def test_members_get_their_pages_without_it(make, log_in, address):
    question = make.question()
    page = log_in(make.member()).get(address(question)).text
    assert "ld+json" not in page
    assert 'rel="canonical"' in page


def test_it_takes_no_further_statement(solved, client, count_queries, address):
    client.get(address(solved))
    where = address(solved)
    with count_queries() as statements:
        client.get(where)
    assert len(statements) <= 6
