"""What may never change: entries chained by SHA-256, and their verification.

May import: domain, the standard library, rfc8785. An auditor can read this room alone.
"""
