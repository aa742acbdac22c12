"""What each deed is worth. Admins may change it; a rebuild then works everything out anew."""

from __future__ import annotations

from community.core.settings import Setting

VOTED_UP = Setting(
    "reputation_voted_up", 10, "Reputation for a question or an answer that is voted up."
)
VOTED_DOWN = Setting(
    "reputation_voted_down", -2, "Reputation for a question or an answer voted down."
)
VOTING_DOWN = Setting("reputation_voting_down", -1, "Reputation for who votes an answer down.")
SOLUTION = Setting(
    "reputation_solution", 15, "Reputation for an answer that is marked as the solution."
)
MARKING = Setting("reputation_marking", 2, "Reputation for the asker who marks the solution.")
SPAM = Setting("reputation_spam", -100, "Reputation for a post that moderators confirmed as spam.")
A_DAY = Setting("reputation_a_day", 200, "The most reputation that votes bring in a day (UTC).")
FOR_A_POST = Setting(
    "reputation_for_a_post", 100, "The most reputation that votes on one post bring."
)
FLOOR = 1
