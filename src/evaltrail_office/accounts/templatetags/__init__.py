"""Tags of accounts for pages of others."""
