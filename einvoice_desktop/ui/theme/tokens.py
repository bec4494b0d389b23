"""The one module that names colours, radii, gaps and sizes (light and dark); everything else asks for a role."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

BODY = 14
"""Height in pixels of the body font the measures below were drawn with; they grow and shrink with the real one."""

GAPS: Mapping[str, int] = MappingProxyType({"xs": 4, "s": 8, "m": 12, "l": 16, "xl": 24, "xxl": 32})
RADIUS = 8

LIGHT: Mapping[str, str] = MappingProxyType(
    {
        "background": "#F6F7F9",
        "surface": "#FFFFFF",
        "side": "#FBFCFD",
        "border": "#E2E6EB",
        "border_strong": "#C9D0D8",
        "hover": "#F0F2F5",
        "text": "#1B2028",
        "muted": "#5C6673",
        "faint": "#8B95A1",
        "accent": "#2457D6",
        "accent_hover": "#1D49BA",
        "accent_soft": "#EAF0FE",
        "accent_mid": "#87A2E8",
        "on_accent": "#FFFFFF",
        "success": "#1B7A49",
        "success_soft": "#E5F4EB",
        "warning": "#8F5600",
        "warning_soft": "#FDF1DC",
        "amber": "#E8A33D",
        "danger": "#B4231A",
        "danger_soft": "#FCE8E6",
        "info": "#1C6AA8",
        "info_soft": "#E4F0FA",
        "neutral_soft": "#E9ECF0",
        "inverse": "#1B2028",
        "on_inverse": "#FFFFFF",
        "inverse_muted": "#A4ADB8",
        "paper": "#FFFFFF",
        "ink": "#1B2028",
    }
)
DARK: Mapping[str, str] = MappingProxyType(
    {
        "background": "#14171C",
        "surface": "#1C2128",
        "side": "#181C22",
        "border": "#2D343E",
        "border_strong": "#444D5A",
        "hover": "#252B34",
        "text": "#E7EAEE",
        "muted": "#9BA5B2",
        "faint": "#76808D",
        "accent": "#86A8FF",
        "accent_hover": "#A0BBFF",
        "accent_soft": "#232C42",
        "accent_mid": "#54689F",
        "on_accent": "#0F1420",
        "success": "#5CCB92",
        "success_soft": "#1C3328",
        "warning": "#F0B35A",
        "warning_soft": "#3A2E1A",
        "amber": "#E8A33D",
        "danger": "#FF8A80",
        "danger_soft": "#3E2322",
        "info": "#7CC0F2",
        "info_soft": "#1C2F3D",
        "neutral_soft": "#2A313B",
        "inverse": "#2F3844",
        "on_inverse": "#F2F4F7",
        "inverse_muted": "#A4ADB8",
        "paper": "#FFFFFF",
        "ink": "#1B2028",
    }
)
