"""Changing reputation: always from the facts, so that doing it twice changes nothing."""
