"""What is done to people, units and roles: one function a verb, each with its question for permission and its entry in the journal."""
