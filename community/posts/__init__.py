"""Posts: what a member wrote, whatever kind it is: text, score, revisions, attachments, visibility."""
