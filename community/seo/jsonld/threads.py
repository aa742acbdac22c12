"""Threads: a question with its answers, or an idea, a complaint, praise, an announcement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from community.core.i18n import _, language_tag
from community.core.mail import link
from community.core.paging import Page
from community.core.text import pictures_in, plain_text
from community.posts.models import Post
from community.questions.models import Answer, Comment, Question, QuestionKind
from community.seo.jsonld.people import counter, organization, person, site
from community.seo.jsonld.writing import Thing, said, without_gaps


@dataclass(frozen=True)
class Shown:
    """What one page of a thread shows. comments: those on each post, by its number."""

    question: Question
    page: Page[Answer]
    comments: Mapping[int, Sequence[Comment]]

    @property
    def address(self) -> str:
        """The full address of the first page of the thread."""
        question = self.question
        return link("questions.show", question_id=question.id, slug=question.slug)

    @property
    def own_address(self) -> str:
        """The full address of this page."""
        number = self.page.number
        return f"{self.address}?page={number}" if number > 1 else self.address


def thread(shown: Shown) -> Thing:
    """Return what a page of a thread is: questions can be answered, the rest is discussed."""
    if shown.question.purpose == QuestionKind.QUESTION:
        return _question_page(shown)
    return _posting(shown)


def _question_page(shown: Shown) -> Thing:
    question = shown.question
    answers = {each.id: _answer(each, shown) for each in shown.page.items}
    solution = answers.pop(question.solution_id or 0, None)
    return {
        "@type": "QAPage",
        "url": shown.own_address,
        "mainEntity": without_gaps(
            {
                "@type": "Question",
                "name": question.title,
                **_text(question, question.lang),
                "url": shown.address,
                "answerCount": shown.page.total,
                "upvoteCount": question.score,
                "comment": _comments(question, shown),
                "acceptedAnswer": solution,
                "suggestedAnswer": list(answers.values()),
            }
        ),
    }


def _posting(shown: Shown) -> Thing:
    question = shown.question
    said_here = [*_comments(question, shown), *(_reply(each, shown) for each in shown.page.items)]
    return without_gaps(
        {
            "@type": "DiscussionForumPosting",
            "headline": question.title,
            **_text(question, question.lang),
            "url": shown.address,
            "mainEntityOfPage": shown.own_address,
            "isPartOf": _list_of(question),
            "commentCount": shown.page.total,
            "interactionStatistic": [
                counter("LikeAction", max(question.score, 0)),
                counter("CommentAction", shown.page.total),
            ],
            "publisher": organization() if question.author.is_staff else None,
            "comment": said_here,
        }
    )


def _list_of(question: Question) -> Thing:
    """Return the page of which a posting is a part: the one of its product."""
    product = question.product
    address = link("products.show", slug=product.slug)
    return {"@type": "CollectionPage", "name": product.name, "url": address}


def _answer(answer: Answer, shown: Shown) -> Thing:
    return without_gaps(
        {
            "@type": "Answer",
            **_text(answer, answer.lang or shown.question.lang),
            "url": f"{shown.own_address}#answer-{answer.id}",
            "upvoteCount": answer.score,
            "comment": _comments(answer, shown),
        }
    )


def _reply(answer: Answer, shown: Shown) -> Thing:
    """Return an answer to what is no question."""
    likes = [counter("LikeAction", max(answer.score, 0))]
    return _answer(answer, shown) | {"@type": "Comment", "interactionStatistic": likes}


def _comments(post: Post, shown: Shown) -> list[Thing]:
    return [
        without_gaps(
            {
                "@type": "Comment",
                **_text(each, each.lang or shown.question.lang),
                "url": f"{shown.own_address}#comment-{each.id}",
            }
        )
        for each in shown.comments.get(post.id, ())
    ]


def _text(post: Post, language: str) -> Thing:
    """Return what every post has: its words, its pictures, who wrote them, and when.

    What is only a picture is told in the words that describe it, for a text is asked for.
    """
    pictures = pictures_in(post.body_html)
    words = [description for _address, description in pictures if description]
    return {
        "text": plain_text(post.body_html) or "\n".join(words) or str(_("A picture")),
        "image": [site() + address for address, _description in pictures],
        "inLanguage": language_tag(language),
        "author": person(post.author),
        "datePublished": said(post.created_at),
        "dateModified": said(post.edited_at or post.created_at),
    }
