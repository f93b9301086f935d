"""What is lawful and what was counted: no Flask, no SQL, no files, no clock, no randomness."""
