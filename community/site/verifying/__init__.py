"""Looking over the whole forum: what should agree, agrees afterwards."""
