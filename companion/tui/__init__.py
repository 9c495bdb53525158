"""The Textual app: screens, widgets, styles. No mathematics, no SQL, no scheduling."""
