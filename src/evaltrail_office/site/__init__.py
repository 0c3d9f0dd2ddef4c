"""Settings, addresses, base templates and static files; the only app that looks across all others."""
