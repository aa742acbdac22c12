"""Watched words: how they are written, found in a text, and replaced in it."""
