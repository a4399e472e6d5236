"""The live site as verifiers meet it: what its host answers, and whether a new site may take its place."""
