"""The life of a round, from the draft to the published decision; no room, no page."""
