"""PostgreSQL as a search engine: one index for all nodes, in the database that they share."""
