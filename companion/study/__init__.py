"""A study session without a screen: what may be done, what happens, and a plain front end."""
