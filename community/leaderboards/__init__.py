"""Leaderboards: who helped others most, in all and for each product."""
