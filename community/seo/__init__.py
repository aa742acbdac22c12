"""What search engines and readers of feeds get: who says what, where it stands, what is new."""
