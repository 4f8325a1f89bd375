"""Contrast of colours as WCAG 2.2 reckons it (relative luminance; 1.4.3 wants 4.5:1 of text), and a shade that has enough."""

from collections.abc import Iterable
from math import floor

ENOUGH = 4.5
_BLACK, _WHITE = (0, 0, 0), (255, 255, 255)
Colour = tuple[int, int, int]


def parts(colour: str) -> Colour:
    """Red, green and blue of `#rgb` or `#rrggbb`, each 0 to 255."""
    digits = colour.removeprefix("#")
    wide = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    return int(wide[0:2], 16), int(wide[2:4], 16), int(wide[4:6], 16)


def contrast(one: Colour, other: Colour) -> float:
    """The ratio of two colours, 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def least(colour: str, grounds: Iterable[str]) -> float:
    """The lowest ratio of a colour on some grounds, with two decimals, never rounded up."""
    return floor(100 * min(contrast(parts(colour), parts(ground)) for ground in grounds)) / 100


def readable(colour: str, grounds: tuple[str, ...]) -> str:
    """The nearest shade of a colour, darker or lighter, that is read on all grounds; empty where there is none."""
    red, green, blue = parts(colour)
    for percent in range(1, 101):
        for black_or_white in (_BLACK, _WHITE):
            mixed = (
                round(own + (end - own) * percent / 100)
                for own, end in zip((red, green, blue), black_or_white, strict=True)
            )
            shade = "#" + "".join(f"{part:02x}" for part in mixed)
            if least(shade, grounds) >= ENOUGH:
                return shade
    return ""
