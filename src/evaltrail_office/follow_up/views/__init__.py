"""Pages of follow-up: a file a matter."""
