"""A meeting with everything in it as one JSON file, and back. The format: docs/meeting-file.md."""
