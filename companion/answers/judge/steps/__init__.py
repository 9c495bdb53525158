"""Derivations line by line: how a line is read, and whether it follows from the one before."""
