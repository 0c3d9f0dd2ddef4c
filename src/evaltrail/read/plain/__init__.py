"""Plain text laid out by lines: what PDF tools print, with or without columns kept by spaces."""
