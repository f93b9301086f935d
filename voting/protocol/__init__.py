"""One secret ballot from key to result: version 1 of the Belenios protocol, strictly."""
