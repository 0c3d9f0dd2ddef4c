"""What is done in follow-up: one function a verb. A file a matter."""
