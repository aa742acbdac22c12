"""Notices: members hear what concerns them, on the site and, if they wish, by mail."""
