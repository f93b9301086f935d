"""The rules of procedure: who may vote, when a body is quorate, what is adopted."""
