"""What sitemaps and feeds show."""
