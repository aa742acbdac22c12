"""Reputation: what members earned by helping, why, and which doors their trust level opens."""
