"""Rules of the family "method"."""
