"""Canonical form, hashes and signatures of credentials."""
