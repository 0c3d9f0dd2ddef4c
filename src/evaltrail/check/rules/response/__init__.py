"""Rules of the family "response"."""
