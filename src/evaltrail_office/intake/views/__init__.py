"""Pages of intake. A file a page."""
