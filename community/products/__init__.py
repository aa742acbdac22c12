"""Products, their topics, and tags: where things belong."""
