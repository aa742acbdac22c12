"""Sitemaps: files that the worker writes and that are sent as they lie there.

One index leads to parts of at most 10,000 addresses. The folder is worked out from the database
and can be thrown away at any time.
"""
