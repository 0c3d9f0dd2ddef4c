"""Tags of follow-up."""
