"""Rules of the family "summary"."""
