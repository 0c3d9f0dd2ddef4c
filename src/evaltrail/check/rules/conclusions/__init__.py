"""Rules of the family "conclusions"."""
