"""One module for each kind of field."""
