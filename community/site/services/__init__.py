"""Setting the forum up, and the sample community."""
