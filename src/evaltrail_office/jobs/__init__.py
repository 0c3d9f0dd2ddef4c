"""Background work with progress: a table of leased jobs that survives whatever happens to the processes that work on them."""
