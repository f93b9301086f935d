"""Worked examples of the rules in a file: what goes in, and what the rules make of it."""
