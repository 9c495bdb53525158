"""What objects are tested for: one module for each family of properties, collected in `register`."""
