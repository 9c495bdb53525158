"""Widgets of the companion; each takes data and posts messages, and knows no store and no judge."""
