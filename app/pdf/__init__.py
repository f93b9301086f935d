"""PDFs with tags (PDF/UA-1), set by typst from texts that are never read as markup."""
