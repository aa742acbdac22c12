"""Saying what belongs together."""
