"""Backups: the whole forum in one file, from either database into either."""
