"""Posts: what a member wrote, of whatever kind: text, score, revisions, pictures, visibility."""
