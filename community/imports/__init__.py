"""Another forum's community moves in: its people, its posts and its old addresses."""
