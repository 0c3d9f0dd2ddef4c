"""All rules, a folder a family and a module a rule, found by scanning."""
