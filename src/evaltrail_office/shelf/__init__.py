"""The shelf: source files, documents, the versions of their records, corrections, and what is derived from them for lists and search."""
