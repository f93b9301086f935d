"""The decision log of an area: its entries and the tree that makes them unalterable."""
