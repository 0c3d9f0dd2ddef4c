"""Pages of papers that are written in the office."""
