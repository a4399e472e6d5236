"""What the Makefile runs to prepare a machine: environment, Node packages, browser."""
