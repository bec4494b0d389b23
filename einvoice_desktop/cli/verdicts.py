"""The three verdicts in French, and the largest document that is read."""

from einvoice_desktop.ports.rules import Verdict

LARGEST_RECEIVED = 100 * 1024 * 1024
"""Bytes a document may have: the limit of the Flow API (AFNOR XP Z12-013)."""

VERDICT_WORDS = {
    Verdict.CONFORMING: "conforme",
    Verdict.NOT_CONFORMING: "non conforme",
    Verdict.NOT_CHECKED: "non vérifié",
}
