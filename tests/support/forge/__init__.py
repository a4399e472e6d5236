"""A forge on this machine: bare repositories, events, and a runner for the workflow files themselves.

It stands in for what GitHub does around the `run:` steps, as far as the workflows of this project need it,
and fails loudly where a workflow uses something else.
"""
