"""What runs in the reader's browser, run under Node: the verifier against ours in Python, and the bundles."""
