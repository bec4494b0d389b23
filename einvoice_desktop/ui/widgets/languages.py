"""Languages a printed page may have, in words: French always stands first."""

PAGE_LANGUAGES: tuple[tuple[str, str], ...] = (
    ("en", "français et anglais"),
    ("de", "français et allemand"),
    ("es", "français et espagnol"),
    ("it", "français et italien"),
    ("nl", "français et néerlandais"),
)
"""ISO 639-1 code of the second language, and what the choice says."""
