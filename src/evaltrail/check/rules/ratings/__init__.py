"""Rules of the family "ratings"."""
