"""How the outside spells the profiles: platforms, files and people do not agree (C-28)."""

from __future__ import annotations

import re
from typing import Final

from einvoice_desktop.domain.invoice import Profile

SCELL: Final = {
    Profile.MINIMUM: "MINIMUM",
    Profile.BASIC_WL: "BASIC_WL",
    Profile.BASIC: "BASIC",
    Profile.EN16931: "EN_16931",
    Profile.EXTENDED: "EXTENDED",
}
"""Names in ``facturx_profile`` of the Scell API; it has none for EXTENDED-CTC-FR."""

FACTPULSE: Final = SCELL | {Profile.BASIC_WL: "BASICWL", Profile.EN16931: "EN16931"}
"""Names in ``APIProfile`` of the FactPulse API; it has none for EXTENDED-CTC-FR."""

AFNOR: Final = {
    Profile.MINIMUM: "Basic",
    Profile.BASIC_WL: "Basic",
    Profile.BASIC: "Basic",
    Profile.EN16931: "CIUS",
    Profile.EXTENDED: "Extended-CTC-FR",
    Profile.EXTENDED_CTC_FR: "Extended-CTC-FR",
}
"""``flowProfile`` of the AFNOR flow API (XP Z12-013), which knows three words only besides :data:`UNDEFINED`."""

UNDEFINED: Final = "Undefined"
"""``flowProfile`` of what follows none of the profiles of :data:`AFNOR`."""

_SEPARATORS = re.compile(r"[\s_.-]+")
_ALIASES: Final = {
    "MINIMUM": Profile.MINIMUM,
    "BASICWL": Profile.BASIC_WL,
    "BASIC": Profile.BASIC,
    "EN16931": Profile.EN16931,
    "CIUS": Profile.EN16931,
    "COMFORT": Profile.EN16931,
    "EXTENDED": Profile.EXTENDED,
    "EXTENDEDCTCFR": Profile.EXTENDED_CTC_FR,
}


def profile_named(text: str) -> Profile | None:
    """The profile somebody means: BT-24 itself, or a name in any spelling (``EN_16931``, ``EN 16931``, ``BASICWL``…).

    ``None`` for a name that is none of ours. ``Basic`` is BASIC.
    """
    stated = text.strip()
    if (exact := next((profile for profile in Profile if profile == stated), None)) is not None:
        return exact
    return _ALIASES.get(_SEPARATORS.sub("", stated).upper())
