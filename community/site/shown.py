"""What guests' pages show of each table, so that a change of it makes them anew: no more, no less.

A table that is not named here counts as shown everywhere: its every change makes all kept pages
anew. That is always right, and only slow where rows come often; a test asks for its name.
"""

from __future__ import annotations

from community.core.changes import Noted, everywhere, noted, quiet
from community.members.models import ACCOUNT
from community.moderation.queries.in_force import RULES
from community.questions.models import AROUND, THREAD

# More kinds of topic. A page of a list depends on all of them, the page of a thread on its own.
MEMBER = "member"
LIST = "list"

# What is about one visitor alone, what staff alone read, and what the forum itself remembers.
quiet(
    "acceptances", "acts", "appeals", "attempts", "bookings", "drafts", "follows", "imports",
    "jobs", "mail_wishes", "measures", "merges", "notifications", "old_ids", "reading_days",
    "revisions", "sessions", "sitemap_parts", "spam_rulings", "standings", "submissions", "tokens",
    "turns", "vote_reports", "vote_reversals",
)  # fmt: skip
# What moderators work with.
quiet(
    "address_traces", "blocked_hosts", "bulk_acts", "bulk_parts", "canned_replies", "check_hits",
    "flags", "host_traces", "invitations", "review_items", "review_steps", "spam_lessons",
    "spam_models", "staff_notes", "text_traces", "unlawful_notices",
)  # fmt: skip
# Their numbers stand on the posts.
quiet("me_toos", "thanks", "votes")
# The page of the leaderboards is made anew each time.
quiet("places")
# A post shows its pictures by their address.
quiet("attachments")
# The frame of every page, and what stands in many.
everywhere(
    *("badges", "banners", "products", "rules_versions", "settings"),
    *("tag_aliases", "topic_aliases", "topics"),
)

noted(
    "posts",
    Noted(
        THREAD,
        "COALESCE({row}.question_id, {row}.id)",
        but=("views", "imported_from"),  # Views are as old as the page, a minute at most.
        of=lambda post: vars(post).get("question_id") or post.id,
    ),
)
noted("checks", Noted(RULES, but=("hits", "overturned")))
noted("watched_words", Noted(RULES, but=("hits", "overturned")))
for _each in ("taggings", "related_questions"):
    noted(_each, *(Noted(kind, "{row}.question_id") for kind in (THREAD, AROUND)))
noted(
    "members",
    Noted(
        MEMBER,
        "{row}.id",
        only=(
            *("name", "handle", "avatar", "role", "staff_title", "trust_level"),
            *("chosen_badge", "deleted_at"),
        ),
        of=lambda member: member.id,
    ),
    # What stands on profiles and boards, not beside a name.
    Noted(LIST, "{row}.id", only=("about_html", "website", "reputation", "suspended_at")),
    # What the member's own pages offer, forbid or say by: see members.sessions.
    Noted(ACCOUNT, "{row}.id", but=("last_seen_at", "reputation", "about", "about_html")),
)
noted("tags", Noted(LIST), Noted(only=("name", "slug")))
noted("awards", Noted(LIST))
# What waited for the index stands in it now: a search may find something else.
noted("search_changes", Noted(LIST, acts=("delete",)))
noted("product_reputations", Noted(LIST))
