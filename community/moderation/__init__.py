"""Keeping the peace: measures with their reasons, appeals, flags, the review queue, the log."""
