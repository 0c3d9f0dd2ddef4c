"""Rules of the family "findings"."""
