"""Acts of moderation."""
