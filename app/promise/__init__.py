"""What is promised for a round, and what breaking it would take: facts, then lines."""
