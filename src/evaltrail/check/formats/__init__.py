"""How a report of a check is printed: a module a format."""
