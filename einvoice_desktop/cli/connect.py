"""``connect``: the platform documents go to. Its secret comes from the environment or a hidden question, never an argument."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass

import typer

from einvoice_desktop.cli.output import DONE, print_json, say
from einvoice_desktop.cli.program import Program
from einvoice_desktop.ports.errors import UserError
from einvoice_desktop.ports.pdp import PlatformProfile
from einvoice_desktop.services.connect_platform import afnor_profile

SECRET_VARIABLE = "EINVOICE_CLIENT_SECRET"  # noqa: S105 - the name of a variable


@dataclass(frozen=True, slots=True)
class Addresses:
    """What is needed to reach a platform of the AFNOR XP Z12-013 kind; empty for what was not given."""

    flow_url: str = ""
    directory_url: str = ""
    token_url: str = ""
    client_id: str = ""
    organization_id: str = ""
    label: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was given."""
        return not (self.flow_url or self.directory_url or self.token_url or self.client_id)


def connect(program: Program, addresses: Addresses, *, to_sandbox: bool, as_json: bool) -> int:
    """Test the connection, then keep it and make it the active one.

    Raises:
        UserError: ``ED-CONNECT-CHOICE``, ``ED-CONNECT-SECRET``, ``ED-CONNECT-MEMORY``, ``ED-URL``.
        PlatformError: it does not answer or does not know us; nothing is kept.
    """
    if to_sandbox:
        if not addresses.is_empty:
            raise UserError("ED-CONNECT-CHOICE")
        profile = program.services.platform.use_sandbox()
    else:
        profile = _connect_to(program, addresses)
    if as_json:
        print_json({"platform": profile.id, "label": profile.label, "is_sandbox": profile.is_sandbox})
    else:
        say(f"Connecté à {profile.label}.")
    return DONE


def _connect_to(program: Program, addresses: Addresses) -> PlatformProfile:
    if not (addresses.flow_url and addresses.token_url and addresses.client_id):
        raise UserError("ED-CONNECT-CHOICE")
    if not program.keeps_secrets:
        raise UserError("ED-CONNECT-MEMORY")
    profile = afnor_profile(
        flow_url=addresses.flow_url,
        directory_url=addresses.directory_url,
        token_url=addresses.token_url,
        client_id=addresses.client_id,
        organization_id=addresses.organization_id,
        label=addresses.label,
        is_sandbox=program.is_sandbox,
    )
    return program.services.platform.connect(profile, _secret())


def _secret() -> str:
    secret = os.environ.get(SECRET_VARIABLE, "")
    if not secret and sys.stdin is not None and sys.stdin.isatty():
        secret = str(typer.prompt("Secret (client_secret)", hide_input=True, err=True))
    if not secret:
        raise UserError("ED-CONNECT-SECRET")
    return secret
