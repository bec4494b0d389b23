"""The window: sidebar, header, status bar, palette; makes pages when they are first asked for and moves between them.

May import: screens (by name, when first shown), the plumbing of ui, widgets, services.
"""
