"""The invented area: people, proposals and votes to try everything with."""
