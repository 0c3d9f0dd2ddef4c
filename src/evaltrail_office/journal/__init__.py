"""The journal: who did what to which thing, when, with the old and the new value. Entries are added and never changed."""
