"""What happened at a meeting: facts from the database, and the document that says them."""
