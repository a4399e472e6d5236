"""Tests of what measures the press: they time nothing."""
