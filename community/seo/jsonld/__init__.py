"""Structured data: the same that a page shows, in the terms of schema.org, for machines.

Nothing here asks the database: all of it follows from what the page has loaded already.
"""
