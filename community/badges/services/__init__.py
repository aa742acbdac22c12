"""Writing badges. One module for each verb."""
