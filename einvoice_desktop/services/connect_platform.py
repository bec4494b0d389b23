"""Choosing the platform documents go to: tested before it is kept, its secret only in the keyring."""

from __future__ import annotations

from collections.abc import Callable

from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.pdp import Platform, PlatformProfile, PracticePlatform
from einvoice_desktop.ports.secrets import SecretStore
from einvoice_desktop.ports.settings import ACTIVE_PLATFORM
from einvoice_desktop.ports.unit_of_work import Environment, Store
from einvoice_desktop.services.keep_settings import active_platform

Connect = Callable[[PlatformProfile], Platform]
PRACTICE = "sandbox"
"""Identifier of the practice platform's profile."""


def afnor_profile(
    *,
    flow_url: str,
    token_url: str,
    client_id: str,
    directory_url: str = "",
    organization_id: str = "",
    label: str = "",
    is_sandbox: bool,
) -> PlatformProfile:
    """A platform of the AFNOR XP Z12-013 kind; its identifier follows from its address, so that it stays the same.

    Raises:
        UserError: ``ED-URL``: an address is neither ``https://`` nor on this computer.
    """
    urls = {"flow_url": flow_url, "directory_url": directory_url, "token_url": token_url}
    cleaned = {name: url.strip().rstrip("/") for name, url in urls.items()}
    for name, url in cleaned.items():
        if url and not is_safe_url(url):
            raise UserError("ED-URL", name=name)
    host = cleaned["flow_url"].partition("://")[2].partition("/")[0]
    client_id = client_id.strip()
    return PlatformProfile(
        id=f"afnor-{host}-{client_id}",
        kind="afnor",
        label=label.strip() or host,
        client_id=client_id,
        organization_id=organization_id.strip(),
        is_sandbox=is_sandbox,
        **cleaned,
    )


def is_safe_url(url: str) -> bool:
    """Whether ``url`` is encrypted, or on this computer."""
    scheme, _, rest = url.partition("://")
    host = rest.partition("/")[0].rpartition(":")[0] or rest.partition("/")[0]
    return bool(host) and (scheme == "https" or (scheme == "http" and host in {"127.0.0.1", "localhost", "[::1]"}))


def secret_name(profile: PlatformProfile) -> str:
    """Name of the client secret of ``profile`` in the keyring."""
    return f"platform:{profile.id}:client_secret"


class ConnectPlatform:
    """Connects, tests and switches platforms."""

    def __init__(self, store: Store, secrets: SecretStore, connect: Connect, practice: PracticePlatform) -> None:
        self._store, self._secrets, self._connect, self._practice = store, secrets, connect, practice

    def active(self) -> PlatformProfile | None:
        """The platform in use, ``None`` without one."""
        with self._store.reading() as work:
            return active_platform(work)

    def connect(self, profile: PlatformProfile, client_secret: str) -> PlatformProfile:
        """Test ``profile`` with its secret, then keep both and make it the active one.

        Raises:
            PlatformError: it does not answer or does not know us; nothing is kept.
        """
        name = secret_name(profile)
        before = self._secrets.get(name)
        self._secrets.put(name, client_secret)
        try:
            platform = self._connect(profile)
            try:
                platform.health()
            finally:
                platform.close()
        except Exception:
            self._restore(name, before)
            raise
        self._keep(profile)
        return profile

    def use_sandbox(self) -> PlatformProfile:
        """Start the practice platform and make it the active one.

        Raises:
            UserError: ``ED-SANDBOX-PRODUCTION``: documents of a real store never go to a practice platform.
        """
        if self._store.environment is not Environment.SANDBOX:
            raise UserError("ED-SANDBOX-PRODUCTION")
        profile, secret = self._practice.start()
        return self.connect(profile, secret)

    def disconnect(self) -> None:
        """Send nothing any more; what waits keeps waiting for its platform."""
        with self._store.unit_of_work() as work:
            work.settings.put(ACTIVE_PLATFORM.key, "")
            work.commit()

    def ready(self) -> PlatformProfile | None:
        """The platform in use, the practice one started when it is the one (its port may have changed)."""
        profile = self.active()
        if profile is None or profile.id != PRACTICE:
            return profile
        started, secret = self._practice.start()
        if started != profile:
            self._secrets.put(secret_name(started), secret)
            self._keep(started)
        return started

    def open(self, profile: PlatformProfile) -> Platform:
        """A connection to ``profile``; nothing is sent yet."""
        if profile.id == PRACTICE and self._secrets.get(secret_name(profile)) is None:
            self._secrets.put(secret_name(profile), self._practice.start()[1])
        return self._connect(profile)

    def _restore(self, name: str, before: str | None) -> None:
        if before is None:
            self._secrets.forget(name)
        else:
            self._secrets.put(name, before)

    def _keep(self, profile: PlatformProfile) -> None:
        with self._store.unit_of_work() as work:
            work.settings.save_platform(profile)
            work.settings.put(ACTIVE_PLATFORM.key, profile.id)
            work.commit()
