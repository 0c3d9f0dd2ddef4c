"""Rules of the family "numbers"."""
