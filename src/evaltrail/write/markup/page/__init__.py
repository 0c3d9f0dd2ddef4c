"""A page of HTML: one file that needs nothing from anywhere else, and no script."""
