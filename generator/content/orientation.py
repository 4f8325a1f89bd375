"""How a camera was held: what EXIF says of it, and how a picture is turned upright."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

UPRIGHT = 1
_TAG = 0x0112


def orientation_of(image: "Image.Image") -> int:
    """1 to 8 as EXIF has it; upright where it says nothing that makes sense."""
    try:
        found = image.getexif().get(_TAG, UPRIGHT)
    except Exception:  # Pillow raises whatever it meets in a broken EXIF
        return UPRIGHT
    return found if isinstance(found, int) and 1 <= found <= 8 else UPRIGHT


def is_on_its_side(orientation: int) -> bool:
    """Whether width and height change places."""
    return orientation >= 5


def upright(image: "Image.Image", orientation: int) -> "Image.Image":
    """The picture as it was seen."""
    from PIL.Image import Transpose

    turns = (
        None,
        Transpose.FLIP_LEFT_RIGHT,
        Transpose.ROTATE_180,
        Transpose.FLIP_TOP_BOTTOM,
        Transpose.TRANSPOSE,
        Transpose.ROTATE_270,
        Transpose.TRANSVERSE,
        Transpose.ROTATE_90,
    )
    turn = turns[orientation - 1]
    return image if turn is None else image.transpose(turn)
