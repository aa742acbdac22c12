"""What the admin panel looks up."""
