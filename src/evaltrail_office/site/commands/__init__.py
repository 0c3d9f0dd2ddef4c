"""The office's side of the commands: each module has a ``main`` that returns the exit code."""
