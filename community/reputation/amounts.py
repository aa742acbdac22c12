"""What each deed is worth. Admins may change it; a rebuild then works everything out anew."""

from __future__ import annotations

from community.core.settings import Setting

VOTED_UP = Setting("reputation_voted_up", 10, "For a question or an answer that is voted up.")
VOTED_DOWN = Setting("reputation_voted_down", -2, "For a question or an answer voted down.")
VOTING_DOWN = Setting("reputation_voting_down", -1, "For who votes an answer down.")
SOLUTION = Setting("reputation_solution", 15, "For an answer that is marked as the solution.")
MARKING = Setting("reputation_marking", 2, "For the asker who marks the solution.")
SPAM = Setting("reputation_spam", -100, "For a post that moderators confirmed as spam.")
A_DAY = Setting("reputation_a_day", 200, "The most that votes bring in a day (UTC).")
FOR_A_POST = Setting("reputation_for_a_post", 100, "The most that votes on one post bring.")
FLOOR = 1
