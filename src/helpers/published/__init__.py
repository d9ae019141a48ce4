"""What was really published: its text and its tables, read. Knows nothing of the figures."""
