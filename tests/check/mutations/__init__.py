"""Clean papers and the faults planted in them, to measure how many of the faults the rules find.

Everything here is written from the norm (what a good report holds) and imports nothing of the rules or of their words.
"""
