"""The admin panel: where the brand's community is run from, without touching a file."""
