"""Measurements against bounds; each module prints one JSON object a line when it is run."""
