"""Writing what moves in: batch by batch, then the counts that follow from it."""
