"""Who may what, asked of the code itself: every policy and every door, put to each role."""
