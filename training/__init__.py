"""How everything that was learned was learned: each command here makes one of the shipped weight files."""
