"""Typed mathematics: reading it, and having it judged in another process."""
