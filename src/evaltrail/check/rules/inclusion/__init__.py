"""Rules of the family "inclusion"."""
