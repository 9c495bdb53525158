"""What one person knows: events on disk, memory, mastery, and the path from there."""
