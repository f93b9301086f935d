"""The rules of procedure in words: how they are asked, and what each answer means."""
