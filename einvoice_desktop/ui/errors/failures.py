"""Errors in French: three families, one explanation each."""

from __future__ import annotations

import traceback
from dataclasses import dataclass

from einvoice_desktop.domain.findings import Finding
from einvoice_desktop.ports.errors import (
    NeedsAttentionError,
    NotIssuableError,
    PlatformError,
    RefusedError,
    RetryLaterError,
    UnknownOutcomeError,
    UserError,
)
from einvoice_desktop.ui.errors.findings import sentence
from einvoice_desktop.ui.errors.known import KNOWN, PLATFORM_CODES
from einvoice_desktop.ui.errors.sentences import OURS


@dataclass(frozen=True, slots=True)
class Explanation:
    """An error for people: ``title`` what, ``sentence`` why, ``advice`` what to do, ``detail`` raw text for support."""

    title: str
    sentence: str
    advice: str = ""
    detail: str = ""


_PLATFORM: tuple[tuple[type[PlatformError], str, str], ...] = (
    (RetryLaterError, "La plateforme est injoignable", "Rien n’est perdu : l’envoi reprendra de lui-même."),
    (UnknownOutcomeError, "La réponse de la plateforme s’est perdue", "Elle sera interrogée avant tout nouvel envoi."),
    (NeedsAttentionError, "La plateforme attend quelque chose de vous", "Vérifiez l’adresse, l’identifiant et le secret dans Paramètres › Plateforme."),
    (RefusedError, "La plateforme refuse ce document", "Corrigez ce qu’elle signale, puis émettez un nouveau document."),
)  # fmt: skip


def explain(error: Exception) -> Explanation:
    """What to tell the user of ``error``; an error nobody foresaw is a bug, told as such."""
    if isinstance(error, UserError):
        return _explain_user(error)
    if isinstance(error, PlatformError):
        return _explain_platform(error)
    if isinstance(error, OSError) and error.errno is not None:
        return Explanation(
            "Le fichier n’a pas pu être lu ou écrit",
            str(error.strerror),
            "Vérifiez le disque et les droits.",
            _trace(error),
        )
    return Explanation(
        "Quelque chose s’est mal passé",
        "Le programme a rencontré une erreur inattendue. Ce que vous avez saisi est gardé.",
        "Copiez les détails et envoyez-les à l’assistance.",
        _trace(error),
    )  # fmt: skip


def code_words(code: str, detail: str = "") -> str:
    """One sentence for a code kept in a row (outbox, parked file): ours, a platform's, or the raw text."""
    if code in KNOWN:
        return KNOWN[code][1]
    if code in PLATFORM_CODES:
        return PLATFORM_CODES[code]
    if code.startswith(("BR-", "ED-")):
        return f"{code} : {sentence(Finding(code, message=detail if detail != code else ''))}"
    return detail or code


def _explain_user(error: UserError) -> Explanation:
    detail = "\n".join(part for part in (error.code, error.detail, _params(error)) if part)
    if isinstance(error, NotIssuableError):
        title, _, advice = KNOWN["ED-NOT-ISSUABLE"]
        lines = [f"• {sentence(finding)}" for finding in error.findings if finding.is_blocking]
        return Explanation(title, "\n".join(lines), advice, detail)
    if error.code in KNOWN:
        title, text, advice = KNOWN[error.code]
        return Explanation(title, text.format_map(_Params(error.params)), advice, detail)
    if error.code in OURS:  # what is told at a field too
        told = sentence(Finding(error.code, params=dict(error.params)))
        return Explanation("Ce n’est pas possible", told, "Corrigez, puis recommencez : rien n’a été écrit.", detail)
    return Explanation("Ce n’est pas possible", error.detail or f"Code {error.code}.", "", detail)


def _explain_platform(error: PlatformError) -> Explanation:
    kind = next(((title, advice) for of, title, advice in _PLATFORM if isinstance(error, of)), None)
    title, advice = kind or ("La plateforme n’a pas fait ce qui était demandé", "")
    words = PLATFORM_CODES.get(error.code, error.message or "Elle ne dit pas pourquoi.")
    detail = f"{type(error).__name__} {error.code} (HTTP {error.status})\n{error.message}"
    return Explanation(title, words, advice, detail)


class _Params(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "?"


def _params(error: UserError) -> str:
    return ", ".join(f"{key}={value}" for key, value in error.params.items())


def _trace(error: Exception) -> str:
    return "".join(traceback.format_exception(error))
