"""Evaluations and recommendations with their permanent keys, the documents that are theirs, and the work plan."""
