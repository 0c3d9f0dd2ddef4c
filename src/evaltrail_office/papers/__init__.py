"""Papers written in the office: drafts, sign-off, and the issued paper frozen with its hash."""
