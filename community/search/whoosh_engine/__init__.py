"""Whoosh: the search engine of one machine. The only package that imports whoosh."""
