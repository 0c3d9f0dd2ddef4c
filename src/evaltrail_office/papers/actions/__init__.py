"""What is done with drafts, one function a verb."""
