"""What a log line must not say: secrets go, an IBAN keeps its two ends."""

from __future__ import annotations

import re
from collections.abc import Mapping

MASK = "•••"

_SECRET_KEY = re.compile(
    r"authorization|cookie|token|secret|password|passphrase|passwd|api[-_ ]?key|assertion|private[-_ ]?key|credential",
    re.IGNORECASE,
)
_HARMLESS_KEY = re.compile(r"(token|secret)_?(url|type|name|expires(_in|_at)?)$", re.IGNORECASE)
_SCHEME = re.compile(r"\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{6,}", re.IGNORECASE)
_JWT = re.compile(r"\beyJ[\w-]{8,}\.[\w-]+(\.[\w-]*)?")
_KEY = re.compile(r"\b([a-z]{2,4}_(?:live|test)_)\w+")
_ASSIGNED = re.compile(
    r"""((?:client_secret|\w*token|password|passphrase|secret|api[-_]?key)["']?\s*[=:]\s*["']?)([^\s"'&,;}\]]+)""",
    re.IGNORECASE,
)
_USERINFO = re.compile(r"(\w+://)[^\s/@:]+:[^\s/@]+@")
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ \u00a0]?[A-Z0-9]){11,30}\b", re.IGNORECASE)


def redacted(value: object, key: str = "") -> object:
    """``value`` as it may be logged under ``key``; containers are gone through, bytes are only counted."""
    if isinstance(value, bytes | bytearray | memoryview):
        return f"<{len(value)} bytes>"
    if isinstance(value, Mapping):
        return {redacted_text(str(name)): redacted(inner, str(name)) for name, inner in value.items()}
    if value is not None and not isinstance(value, bool) and is_secret_key(key):
        return MASK
    if isinstance(value, list | tuple | set | frozenset):
        return [redacted(inner) for inner in value]
    return value if value is None or isinstance(value, bool | int | float) else redacted_text(str(value))


def is_secret_key(key: str) -> bool:
    """Whether what stands under ``key`` is a secret."""
    return bool(_SECRET_KEY.search(key)) and not _HARMLESS_KEY.search(key)


def redacted_text(text: str) -> str:
    """``text`` without the secrets that can be told by their look, IBANs shortened to both ends."""
    text = _SCHEME.sub(rf"\1 {MASK}", text)
    text = _JWT.sub(MASK, text)
    text = _KEY.sub(rf"\1{MASK}", text)
    text = _ASSIGNED.sub(rf"\1{MASK}", text)
    text = _USERINFO.sub(rf"\1{MASK}@", text)
    return _IBAN.sub(_shortened_iban, text)


def _shortened_iban(found: re.Match[str]) -> str:
    compact = re.sub(r"\s", "", found[0])
    looks_typed = compact.isupper()
    return f"{compact[:4]}{MASK}{compact[-4:]}" if looks_typed or _has_iban_key(compact) else found[0]


def _has_iban_key(compact: str) -> bool:
    turned = compact[4:] + compact[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1
