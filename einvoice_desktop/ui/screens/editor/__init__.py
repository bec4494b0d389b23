"""The document editor: the sheet to fill on the left; preview and verdict on the right."""
