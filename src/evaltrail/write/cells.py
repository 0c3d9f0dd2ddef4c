"""Texts as cells of spreadsheets, for whoever writes tables of his own."""

from evaltrail.write.formats._cells import begins_a_formula, clean, disarmed

__all__ = ["begins_a_formula", "clean", "disarmed"]
