"""Credential, key document, status list and clock in; five answers out; no trust in the press."""
