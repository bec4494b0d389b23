"""The logo of a company as a picture that PDF/A accepts: RGB, opaque, small; a bad file is simply no logo."""

from __future__ import annotations

import io
import warnings
import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

LARGEST = (640, 400)
_MOST_PIXELS = 40_000_000
_HEAVY = 30_000
"""Bytes beyond which a logo becomes a JPEG, coarser until it fits: a Factur-X of one page stays under 80 KB."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Pixels ready for a stream; ``filter`` is ``FlateDecode`` or ``DCTDecode``."""

    width: int
    height: int
    data: bytes
    filter: str

    def fitted(self, width: float, height: float) -> tuple[float, float]:
        """The largest size in points within a box that keeps the proportions."""
        scale = min(width / self.width, height / self.height)
        return self.width * scale, self.height * scale


@lru_cache(maxsize=8)
def read_picture(content: bytes) -> Picture | None:
    """The picture of a PNG or JPEG file; ``None`` for anything that cannot be read or is unreasonably large."""
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as source:
                if source.width * source.height > _MOST_PIXELS:
                    return None
                return _encode(_flatten(source))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError,
            Image.DecompressionBombWarning, EOFError, zlib.error):  # fmt: skip
        return None


def _flatten(source: Image.Image) -> Image.Image:
    """On white, without transparency, profile or palette, no larger than a logo needs."""
    from PIL import Image, ImageOps

    image = ImageOps.exif_transpose(source)
    if image.mode in {"P", "LA", "PA"} or "transparency" in image.info:
        image = image.convert("RGBA")
    elif image.mode.startswith("I") or image.mode == "F":
        image = image.convert("L")
    image.thumbnail(LARGEST, Image.Resampling.LANCZOS)
    if image.mode == "RGBA":
        white = Image.new("RGB", image.size, (255, 255, 255))
        white.paste(image, mask=image.getchannel("A"))
        return white
    return image.convert("RGB")


def _encode(image: Image.Image) -> Picture:
    flat = zlib.compress(image.tobytes(), 9)
    if len(flat) <= _HEAVY:
        return Picture(image.width, image.height, flat, "FlateDecode")
    for quality, share in ((86, 1.0), (72, 1.0), (72, 0.7), (60, 0.5), (50, 0.35)):
        smaller = image.resize((max(1, round(image.width * share)), max(1, round(image.height * share))))
        buffer = io.BytesIO()
        smaller.save(buffer, "JPEG", quality=quality, optimize=True)
        if buffer.tell() <= _HEAVY:
            break
    return Picture(smaller.width, smaller.height, buffer.getvalue(), "DCTDecode")


def initials(name: str) -> str:
    """Two letters for a company without a logo: of its first two words, else of its only one."""
    words = [w for w in name.replace("’", " ").replace("'", " ").replace("-", " ").split() if w[:1].isalnum()]
    letters = "".join(word[0] for word in words[:2]) if len(words) > 1 else "".join(words)[:2]
    return letters.upper()
