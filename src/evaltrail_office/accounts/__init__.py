"""People, units, the roles that people hold in evaluations, and what each may see and do."""
