"""What members do with their accounts. One module for each verb."""
