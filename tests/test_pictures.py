"""Pictures: what is read of their files, what is published of them, and their variants."""

import re
import struct
from io import BytesIO
from random import Random
from urllib.parse import unquote
from zlib import crc32

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings
from PIL import Image, ImageCms, ImageOps
from PIL.PngImagePlugin import PngInfo

from generator.content.media import read_medium
from generator.content.stripping import stripped
from generator.digests import digest_bytes
from generator.engine import copying
from generator.output.variants import Decoded, decoded, scaled, webp
from generator.pages.pictures import THUMBS, all_variants, crop_box, variant_address, whole_variants
from tests.newsroom import NOW, Newsroom, day, photo, stamps, tree

SECRETS = (b"Leica", b"Photographer", b"a comment", b"xpacket", b"Photoshop", b"GPS-like")
WIDE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes().replace(b"s\0R\0G\0B", b"W\0i\0d\0e")
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><?xpacket begin=""?></x:xmpmeta>'


def quarters(width: int = 240, height: int = 160) -> Image.Image:
    """Red, green above blue, white."""
    image = Image.new("RGB", (width, height), "red")
    image.paste("lime", (width // 2, 0, width, height // 2))
    image.paste("blue", (0, height // 2, width // 2, height))
    image.paste("white", (width // 2, height // 2, width, height))
    return image


def written(image: Image.Image, format: str, **more: object) -> bytes:
    file = BytesIO()
    image.save(file, format, **more)
    return file.getvalue()


def talkative(format: str, orientation: int) -> bytes:
    """A picture with everything that a camera and a program say of it."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x013B] = orientation, "Leica", "Photographer"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[29] = "GPS-like"
    more: dict[str, object] = {"exif": exif, "icc_profile": WIDE}
    if format == "PNG":
        more["pnginfo"] = PngInfo()
        more["pnginfo"].add_itxt("XML:com.adobe.xmp", XMP.decode())
        more["pnginfo"].add_text("Comment", "a comment")
    else:
        more |= {"xmp": XMP}
    data = written(quarters(), format, **more)
    if format == "JPEG":
        said = b"a comment"
        other = (
            struct.pack(">BBH", 0xFF, 0xED, 2 + 9)
            + b"Photoshop"
            + struct.pack(">BBH", 0xFF, 0xFE, 2 + len(said))
            + said
        )
        data = data[:2] + other + data[2:] + data
    return data


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_a_published_picture_says_how_it_was_held_and_what_its_colours_are_and_nothing_else(
    format: str, orientation: int
) -> None:
    data = talkative(format, orientation)
    assert sum(secret in data for secret in SECRETS) >= 4
    bare = stripped(data)
    assert [secret for secret in SECRETS if secret in bare] == []
    with Image.open(BytesIO(data)) as before, Image.open(BytesIO(bare)) as after:
        assert dict(after.getexif()) == ({0x0112: orientation} if orientation > 1 else {})
        assert after.getexif().get_ifd(0x8825) == {} and "xmp" not in after.info
        assert after.info["icc_profile"] == WIDE
        assert after.format == format and getattr(after, "n_frames", 1) == 1
        assert after.convert("RGB").tobytes() == before.convert("RGB").tobytes()
    assert stripped(bare) == bare


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_a_variant_stands_upright_and_keeps_its_colours(format: str, orientation: int) -> None:
    data = talkative(format, orientation)
    path = f"media/a.{format.lower()}"
    medium, problems = read_medium(data, path, digest_bytes(data))
    assert problems == [] and medium is not None
    expected = ImageOps.exif_transpose(Image.open(BytesIO(data))).convert("RGB")
    assert (medium.width, medium.height) == expected.size
    picture = decoded(stripped(data))
    made = Image.open(BytesIO(webp(picture, medium.width, medium.height, None, 10**9)))
    assert made.info["icc_profile"] == WIDE
    assert "exif" not in made.info and "xmp" not in made.info
    for x in (0.25, 0.75):
        for y in (0.25, 0.75):
            spot = (int(medium.width * x), int(medium.height * y))
            assert near(made.convert("RGB").getpixel(spot), expected.getpixel(spot)), (spot, orientation)


def near(one: object, other: object, by: int = 24) -> bool:
    assert isinstance(one, tuple) and isinstance(other, tuple)
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))


def test_the_colours_of_the_web_are_not_said() -> None:
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = written(quarters(), "JPEG", icc_profile=srgb)
    assert srgb in stripped(data)
    assert decoded(data).profile == b""


def test_what_a_gif_says_is_dropped_and_it_still_moves() -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "lime", "blue")]
    data = written(frames[0], "GIF", save_all=True, append_images=frames[1:], loop=0, comment=b"a comment", duration=50)
    assert b"a comment" in data
    bare = stripped(data)
    assert b"a comment" not in bare and b"NETSCAPE2.0" in bare
    with Image.open(BytesIO(bare)) as image:
        assert image.n_frames == 3  # type: ignore[attr-defined]


@settings(max_examples=300)
@given(
    width=st.integers(1, 9000),
    height=st.integers(1, 9000),
    focus=st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_a_crop_holds_its_focus(width: int, height: int, focus: tuple[float, float]) -> None:
    left, top, right, bottom = crop_box(width, height, focus)
    assert 0 <= left < right <= width and 0 <= top < bottom <= height
    assert left - 1 <= focus[0] * width <= right + 1 and top - 1 <= focus[1] * height <= bottom + 1
    assert abs((right - left) * 2 - (bottom - top) * 3) <= 3
    assert right - left == width or bottom - top == height


def test_a_crop_shows_its_box() -> None:
    box = crop_box(240, 160 * 4, (0.5, 1.0))
    tall = Image.new("RGB", (240, 640), "red")
    tall.paste("lime", box)
    made = scaled(Decoded(tall, 240, 640, b""), 192, 128, box)
    assert all(near(colour, (0, 255, 0), 8) for _, colour in made.getcolors() or [(0, (0, 0, 0))])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("image", "seen"),
    [
        (Image.new("CMYK", (240, 160), (255, 0, 0, 0)), (0, 255, 255)),
        (Image.new("LA", (240, 160), (128, 255)), (128, 128, 128)),
        (Image.new("1", (240, 160), 1), (255, 255, 255)),
        (Image.frombytes("I;16", (240, 160), struct.pack("<H", 0x8000) * 240 * 160), (128, 128, 128)),
    ],
    ids=["CMYK", "grey with transparency", "one bit", "sixteen bits"],
)
def test_a_picture_of_any_kind_has_its_colours(image: Image.Image, seen: tuple[int, int, int]) -> None:
    format = "JPEG" if image.mode == "CMYK" else "PNG"
    picture = decoded(written(image, format))
    made = Image.open(BytesIO(webp(picture, 192, 128, None, 10**9)))
    assert near(made.convert("RGB").getpixel((9, 9)), seen, 3)


def test_what_is_transparent_stays_so() -> None:
    image = quarters().convert("P")
    image.info["transparency"] = image.getpixel((0, 0))
    made = Image.open(BytesIO(webp(decoded(written(image, "PNG")), 192, 128, None, 10**9)))
    assert [made.convert("RGBA").getpixel(spot)[3] for spot in ((5, 5), (180, 120))] == [0, 255]  # type: ignore[index]


def bomb(width: int, height: int) -> bytes:
    """A PNG whose header promises so many pixels."""
    data = written(Image.new("1", (1, 1)), "PNG")
    header = b"IHDR" + struct.pack(">II", width, height) + data[24:29]
    return data[:12] + header + struct.pack(">I", crc32(header)) + data[33:]


JPEG, PNG = written(quarters(), "JPEG"), photo(1)
WRONG: dict[str, tuple[str, bytes, str]] = {
    "nothing": ("a.png", b"", "the file is empty"),
    "a text": ("a.png", b"Hello", "no image that can be read"),
    "half a JPEG": ("a.jpg", JPEG[: len(JPEG) // 2], "not all of it is there"),
    "a JPEG without its end": ("a.jpg", JPEG[:-40], "not all of it is there"),
    "half a PNG": ("a.png", PNG[: len(PNG) // 2], "not all of it is there"),
    "half a WebP": ("a.webp", written(quarters(), "WEBP")[:200], "read"),
    "a wrong byte": ("a.png", PNG[:5000] + b"\0\1\2\3" + PNG[5004:], "damaged"),
    "a PNG of another name": ("a.jpg", PNG, "the name ends in .jpg, but this is PNG"),
    "an AVIF and more": ("a.avif", written(quarters(), "AVIF") + b"by me and my camera", "more than a picture"),
    "an AVIF and a box": ("a.avif", written(quarters(), "AVIF") + b"\0\0\0\x0duuidby me", "more than a picture"),
    "a bomb": ("a.png", bomb(60_000, 60_000), "too many pixels"),
    "too many pixels": ("a.png", bomb(11_000, 10_000), "11,000 × 10,000 pixels"),
    "a name that no folder has room for": (f"{'ж' * 123}.jpg", JPEG, "the file's name has 250 bytes"),
    "ours": ("-/a.jpg", JPEG, "the portal's own"),
    "ours without a folder": ("-", b"a", "the portal's own"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_picture_that_cannot_be_shown_is_told(name: str) -> None:
    path, data, said = WRONG[name]
    medium, problems = read_medium(data, f"media/{path}", digest_bytes(data))
    assert medium is None
    (problem,) = problems
    assert said in problem.message and problem.hint and problem.place.path == f"media/{path}"


@pytest.mark.parametrize("size", [(1, 1), (65_000, 1), (1, 65_000), (16_000, 40), (40, 16_000)])
def test_pictures_of_odd_sizes_have_variants_of_sense(size: tuple[int, int]) -> None:
    noise = Image.frombytes("L", size, Random(1).randbytes(size[0] * size[1]))
    data = written(noise, "PNG")
    medium, problems = read_medium(data, "media/a.png", b"")
    assert medium is not None and problems == []
    for view in all_variants(medium, [(0.5, 0.5)]):
        assert min(view.width, view.height) >= 1 and (view.width <= size[0])
        with Image.open(BytesIO(webp(decoded(data), view.width, view.height, view.box, view.limit))) as made:
            assert made.size == (view.width, view.height)


def test_no_variant_is_larger_than_the_picture() -> None:
    """Neither in pixels nor in bytes, however well the picture is packed already."""
    data = written(Image.merge("RGB", [Image.effect_noise((700, 500), 80)] * 3), "WEBP", quality=40)
    medium, _ = read_medium(data, "media/a.webp", b"")
    assert medium is not None
    views = whole_variants(medium)
    assert [(view.width, view.height) for view in views] == [(320, 229), (640, 457), (700, 500)]
    assert all(len(webp(decoded(data), v.width, v.height, v.box, v.limit)) < len(data) for v in views)


def room_with_pictures(room: Newsroom) -> set[str]:
    room.put("articles/2026/02/wet.md", date=day(NOW - 7200), image="{file: dam.png, alt: A dam, focus: [0, 0.5]}")
    room.write("media/dam.png", photo(1, 900, 400))
    assert room.build().problems == ()
    return variants_of(room)


def variants_of(room: Newsroom) -> set[str]:
    return {name for name in stamps(room.output) if name.startswith("media/-/")}


def test_variants_come_and_go_with_what_shows_them(room: Newsroom) -> None:
    first = room_with_pictures(room)
    assert {name.split("/")[-1].split(".")[0] for name in first} == {
        *("320x142", "640x284", "900x400"),
        *(f"{wide}x{high}-0-0-600-400" for wide, high in THUMBS[:2]),
    }
    room.put("articles/2026/02/dry.md", date=day(NOW - 3600), image="{file: dam.png, alt: A dam, focus: [1, 0.5]}")
    assert room.build().problems == ()
    assert len(variants_of(room) - first) == 2 and first <= variants_of(room)
    room.write("media/dam.png", photo(2, 900, 400))
    room.build()
    assert len(variants_of(room)) == 7 and not first & variants_of(room)
    assert tree(room.output) == room.clean()[1]
    room.remove("articles/2026/02/wet.md")
    room.remove("articles/2026/02/dry.md")
    room.build()
    assert variants_of(room) == set()
    assert not (room.output / "media/-").exists()


def test_a_story_that_nobody_sees_takes_no_picture_away(room: Newsroom) -> None:
    first = room_with_pictures(room)
    room.put("articles/2026/02/draft.md", draft="true", image="{file: dam.png, alt: A dam, focus: [1, 1]}")
    room.build()
    room.set("articles/2026/02/draft.md", title="Another")
    room.build()
    room.remove("articles/2026/02/draft.md")
    assert room.build().problems == ()
    assert variants_of(room) == first
    assert tree(room.output) == room.clean()[1]


def test_a_picture_is_scaled_once(room: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    room_with_pictures(room)
    before = tree(room.output)

    def forbidden(*given: object) -> bytes:
        raise AssertionError("a variant is made again")

    with monkeypatch.context() as patch:
        patch.setattr(copying, "webp", forbidden)
        (room.store / "store.sqlite").unlink()
        assert room.build().problems == () and tree(room.output) == before
    (kept, *_) = [path for path in (room.store / "pictures").rglob("*") if path.is_file()]
    kept.write_bytes(kept.read_bytes()[:-1] + b"x")
    assert room.clean()[1] == before
    room.build(clean=True)
    assert tree(room.output) == before
    room.write("media/dam.png", photo(3, 900, 400))
    room.build(clean=True)
    assert len(list((room.store / "pictures").iterdir())) == 1


def test_addresses_say_what_they_hold() -> None:
    data, other = photo(1, 600, 400), photo(2, 600, 400)
    medium, _ = read_medium(data, "media/2026/д a.png", digest_bytes(data))
    changed, _ = read_medium(other, "media/2026/д a.png", digest_bytes(other))
    assert medium is not None and changed is not None
    ours = {variant_address(view) for view in all_variants(medium, [(0, 0), (1, 1)])}
    assert all(address.startswith("/media/-/2026/д a.png/") for address in ours)
    assert ours.isdisjoint(map(variant_address, all_variants(changed, [(0, 0), (1, 1)])))


def test_nothing_published_says_where_it_was_taken(room: Newsroom) -> None:
    room.write("media/dam.jpg", talkative("JPEG", 6))
    room.put("articles/2026/02/wet.md", "![A dam](dam.jpg)", date=day(NOW - 7200))
    assert room.build().problems == ()
    published = {name: data for name, data in tree(room.output).items() if data and name.startswith("media/")}
    assert len(published) >= 1
    assert [(name, secret) for name, data in published.items() for secret in SECRETS if secret in data] == []


def test_pages_name_variants_that_are_there(sample: dict[str, bytes]) -> None:
    """In the sample portal: each is as wide as its page says, and all of a picture have its proportions."""
    seen: set[str] = set()
    for html in (data.decode() for name, data in sample.items() if name.endswith(".html")):
        for image in re.findall(r"<img [^>]*srcset=[^>]*>", html):
            said = dict(re.findall(r'(\w+)="([^"]*)"', image))
            assert said["sizes"] and unquote(said["src"])[1:] in sample
            for href, width in (one.split() for one in said["srcset"].split(", ")):
                seen.add(f"{unquote(href)[1:]} {width} {int(said['width']) / int(said['height']):.3f}")
    assert len(seen) > 100
    for one in seen:
        name, width, shape = one.rsplit(" ", 2)
        with Image.open(BytesIO(sample[name])) as made:
            assert f"{made.width}w" == width and abs(made.width / made.height - float(shape)) < 0.02, name


def test_a_feed_says_how_long_a_picture_is_when_it_is_published(room: Newsroom) -> None:
    room.write("media/dam.jpg", talkative("JPEG", 6))
    room.put("articles/2026/02/wet.md", date=day(NOW - 7200), image="{file: dam.jpg, alt: A dam}")
    assert room.build().problems == ()
    published = (room.output / "media/dam.jpg").stat().st_size
    assert published < (room.content / "media/dam.jpg").stat().st_size
    assert f'length="{published}"' in (room.output / "feed.xml").read_text()
