"""What stands in .github: workflows and actions, held to what keeps the keys."""
