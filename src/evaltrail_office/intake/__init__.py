"""Intake: upload, reading in the background, correcting beside the page, matching, confirming."""
