"""The sample paper: its source, and one module for each format that it is built as."""
