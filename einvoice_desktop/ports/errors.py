"""Three families of errors: tell the user, stay silent, report a bug. Codes here; sentences in ``ui`` and ``cli`` only."""

from __future__ import annotations

from einvoice_desktop.domain.findings import Finding


class UserError(Exception):
    """Something the user can act on.

    Attributes:
        code: ``ED-…``; the border turns it into a French sentence that says what to do.
        params: values for the sentence.
        detail: raw message for « Copier les détails », never shown first.
    """

    def __init__(self, code: str, /, detail: str = "", **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
        self.detail = detail


class NotIssuableError(UserError):
    """The document cannot be issued: its blocking findings are inside."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("ED-NOT-ISSUABLE", count=str(len(findings)))
        self.findings = findings


class NotCheckedError(UserError):
    """The official rules could not be run: « non vérifié » is not « conforme »."""


class Cancelled(Exception):  # noqa: N818 - not an error
    """The user cancelled; reaches him as silence."""


class StoreConflictError(Exception):
    """A write the store refuses: it is there already, refers to nothing, or is frozen. A bug of the caller.

    The message is the store's own (name of the constraint, sentence of the trigger).
    """


class PlatformError(Exception):
    """A platform did not do what was asked.

    Attributes:
        code: the platform's own code, or one of ours (``network``, ``timeout``, ``not_json``…).
        message: the platform's message, secrets masked.
        status: HTTP status, 0 without an answer.
    """

    def __init__(self, code: str, message: str = "", *, status: int = 0) -> None:
        super().__init__(f"{code}: {message}" if message else code)
        self.code = code
        self.message = message
        self.status = status


class RetryLaterError(PlatformError):
    """Nothing was done, certainly: the same request may go again (429, 503, connection refused).

    Attributes:
        retry_after: seconds the platform asked to wait, ``None`` without a wish.
    """

    def __init__(self, code: str, message: str = "", *, status: int = 0, retry_after: float | None = None) -> None:
        super().__init__(code, message, status=status)
        self.retry_after = retry_after


class UnknownOutcomeError(PlatformError):
    """The request may have been taken (time-out or broken line after sending): ask before any retry."""


class NeedsAttentionError(PlatformError):
    """The user must do something first (401, 403, wrong address, KYC…)."""


class RefusedError(PlatformError):
    """The platform refuses this document as it is (400, 409, 413, 422)."""
