"""What ``badgepress new`` writes: small files that pass ``check`` and say what to change."""
