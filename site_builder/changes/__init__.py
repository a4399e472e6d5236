"""What a change of the repository means for holders, designers and verifiers: two states compared. Pure."""
