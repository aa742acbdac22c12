"""The spam filter: what it looks at, how it learns in a process of its own, how it judges."""
