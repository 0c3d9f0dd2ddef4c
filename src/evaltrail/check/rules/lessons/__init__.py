"""Rules of the family "lessons"."""
