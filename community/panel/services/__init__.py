"""What admins change in the panel."""
