"""Rules of the family "recommendations"."""
