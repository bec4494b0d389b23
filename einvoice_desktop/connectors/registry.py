"""Which connector serves which kind of platform: ours, and those that other packages bring."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from typing import Protocol, cast

from einvoice_desktop.ports.errors import NeedsAttentionError
from einvoice_desktop.ports.pdp import Platform, PlatformProfile
from einvoice_desktop.ports.secrets import SecretStore

GROUP = "einvoice_desktop.platforms"
"""Entry points of this group are connectors: the name is the kind, the value a callable (profile, secrets)."""

# Named, not imported: a connector is loaded when a platform of its kind is used.
BUILT_IN = (EntryPoint("afnor", "einvoice_desktop.connectors.afnor:AfnorPlatform", GROUP),)


class Connector(Protocol):
    """Makes a connected platform from what the user chose."""

    def __call__(self, profile: PlatformProfile, secrets: SecretStore) -> Platform:
        """The platform of ``profile``; nothing is sent yet."""
        ...


def kinds() -> tuple[str, ...]:
    """The kinds of platform that can be connected; ours first and never replaced by another package's."""
    return tuple(dict.fromkeys((*(ours.name for ours in BUILT_IN), *sorted(entry_points(group=GROUP).names))))


def connect(profile: PlatformProfile, secrets: SecretStore) -> Platform:
    """The platform of ``profile``; nothing is sent yet.

    Raises:
        NeedsAttentionError: no connector is of that kind (``unknown_kind``), it cannot be loaded
            (``broken_connector``), or an address of the profile may not be used.
    """
    for known in (*BUILT_IN, *entry_points(group=GROUP)):
        if known.name == profile.kind:
            return _load(known)(profile, secrets)
    raise NeedsAttentionError("unknown_kind", profile.kind)


def _load(known: EntryPoint) -> Connector:
    try:
        return cast("Connector", known.load())
    except (ImportError, AttributeError) as error:
        raise NeedsAttentionError("broken_connector", f"{known.value}: {error}") from error
