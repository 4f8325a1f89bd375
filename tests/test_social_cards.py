"""Social cards: drawn in every language, at an address that pages know from the beginning, and never on the way of a story."""

import re
import shutil
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from generator.images.cards import Wanted, _drawn
from generator.images.drawing import FONT, Drawing, Missing, _fitted, _lines, _sized, draw
from tests.newsroom import NOW, Newsroom, day, photo, stamps, tree
from tests.test_images import images

HEADLINES = {
    "ru": "Канал у Чуй вернули в русло: «что дальше?» — №1",
    "kk": "Әл-ауқаты төмен отбасыларға көмек: үкімет жаңа бағдарламаны қабылдады, һ",
    "ky": "Өкмөт көйгөйдү чечүү үчүн жаңы мыйзам кабыл алды",
    "tg": "Ҷумҳурии Тоҷикистон ва Ӯзбекистон ғалла мефурӯшанд",
    "tk": "Türkmenistanyň gaz geçirijisi: ýylyň ahyryna çenli iň uly möçber, žurnal",
    "uz": "Oʻzbekiston va Qirgʻiziston chegarasida o‘tish joyi ochildi",
    "en": "A canal returns to its bed",
    "long": ("Очень длинный заголовок о воде " * 10)[:300],
    "one word": "Э" * 80,
    "one long word after others": "О нём " + "э" * 80 + " и ещё",
    "far too long": "Слово " * 2_000,
    "emoji": "Вода 🚀 и хлеб",
    "empty for a font": "🚀",
}


@pytest.mark.parametrize("name", HEADLINES)
@pytest.mark.parametrize("pictured", [False, True])
def test_a_headline_has_room_whatever_it_is(name: str, pictured: bool, tmp_path: Path) -> None:
    file = tmp_path / "white.png"
    Image.new("RGB", (900, 900), "white").save(file)
    drawing = Drawing(HEADLINES[name], "Страна · Тема", "Арык", "#0a6870", str(file) if pictured else "")
    with Image.open(BytesIO(draw(drawing))) as image:
        assert image.size == (1200, 630)
        grey = image.convert("L")
    ground = grey.getpixel((1190, 320))
    assert isinstance(ground, (int, float)) and ground < 115, "white letters stand out from it"
    for edge in ((1150, 0, 1200, 630), (24, 0, 60, 630), (0, 0, 1200, 50), (0, 615, 1200, 630)):
        assert max(grey.crop(edge).getextrema()) < 140, edge  # type: ignore[type-var]


@pytest.mark.parametrize("name", HEADLINES)
def test_lines_are_not_too_wide_and_lose_no_letter(name: str) -> None:
    size, lines = _fitted(HEADLINES[name], str(FONT))
    font = _sized(str(FONT), size)
    assert all(font.getlength(line) <= 1200 - 2 * 64 for line in lines)
    said = re.sub(r"\s", "", HEADLINES[name])
    assert re.sub(r"\s", "", "".join(_lines(HEADLINES[name], font))) == said


def test_letters_that_the_font_lacks_need_another(tmp_path: Path) -> None:
    with pytest.raises(Missing, match="中"):
        draw(Drawing("中国", "a", "b", "#0a6870"))
    with pytest.raises(Missing, match="中"):
        draw(Drawing("中国", "a", "b", "#0a6870", font=str(FONT)))


@pytest.fixture
def portal(room: Newsroom) -> Newsroom:
    room.site |= {"social_cards": "[analysis]"}
    room.save_site()
    room.write("media/dam.png", photo(1, 400, 300))
    room.put("articles/2026/02/wet.md", date=day(NOW - 7200), kind="analysis", image="{file: dam.png, alt: A dam}")
    room.put("articles/2026/02/dry.md", date=day(NOW - 3600))
    assert room.build().problems == ()
    return room


CARD = "media/-cards/2026/02/wet.jpg"


def cards(room: Newsroom) -> dict[str, tuple[int, int]]:
    return {name: stamp for name, stamp in stamps(room.output).items() if name.startswith("media/-cards/")}


def test_a_card_is_drawn_after_its_page_and_changes_no_page(portal: Newsroom) -> None:
    before = stamps(portal.output)
    assert cards(portal) == {}
    assert images(portal) == 0
    assert list(cards(portal)) == [CARD]
    assert before.items() <= stamps(portal.output).items()
    first = stamps(portal.output)
    assert images(portal) == 0 and portal.build().written == 0
    assert stamps(portal.output) == first


def test_a_card_follows_its_story(portal: Newsroom) -> None:
    images(portal)
    first = (portal.output / CARD).read_bytes()
    portal.set("articles/2026/02/wet.md", title="Another")
    portal.build()
    images(portal)
    second = (portal.output / CARD).read_bytes()
    portal.write("media/dam.png", photo(2, 400, 300))
    portal.build()
    images(portal)
    assert len({first, second, (portal.output / CARD).read_bytes()}) == 3
    portal.set("articles/2026/02/wet.md", kind="news")
    portal.build()
    images(portal)
    assert cards(portal) == {}
    assert not (portal.output / "media/-cards").exists()


def test_a_card_goes_at_once_with_a_story_that_is_withdrawn(portal: Newsroom) -> None:
    images(portal)
    portal.remove("articles/2026/02/wet.md")
    portal.build()
    assert not (portal.output / "media/-cards").exists()
    assert tree(portal.output) == portal.clean()[1]


def test_no_card_comes_before_its_page(portal: Newsroom) -> None:
    portal.put("articles/2026/02/next.md", kind="analysis", date=day(NOW - 60))
    images(portal)
    assert list(cards(portal)) == [CARD]
    shutil.rmtree(portal.output / "media")
    portal.build()
    images(portal)
    assert list(cards(portal)) == ["media/-cards/2026/02/next.jpg", CARD]


def test_a_letter_without_a_sign_is_told(portal: Newsroom, capsys: pytest.CaptureFixture[str]) -> None:
    portal.set("articles/2026/02/wet.md", title="中国")
    portal.build()
    assert images(portal) == 1
    assert "articles/2026/02/wet.md: no card: the font has no “中”" in capsys.readouterr().err
    portal.site |= {"social_font": "fonts/none.otf"}
    portal.save_site()
    assert portal.build().problems == ()
    assert images(portal) == 1
    assert "the font cannot be read" in capsys.readouterr().err
    portal.write("fonts/none.otf", "no font", root=portal.root)
    assert images(portal) == 1
    told = capsys.readouterr().err
    assert "site.yaml" in told and "the font cannot be read: unknown file format" in told


def test_a_card_that_cannot_be_drawn_anew_goes(portal: Newsroom, capsys: pytest.CaptureFixture[str]) -> None:
    """A headline was corrected: what shows it as it was may not stay where pages name it."""
    images(portal)
    assert list(cards(portal)) == [CARD]
    portal.set("articles/2026/02/wet.md", title="中国")
    portal.build()
    assert images(portal) == 1
    assert cards(portal) == {}


def test_a_picture_that_is_half_copied_is_told(tmp_path: Path) -> None:
    file = tmp_path / "half.gif"
    Image.new("L", (64, 64)).save(file)
    drawing = Drawing("A title", "a", "b", "#0a6870", str(file))
    file.write_bytes(file.read_bytes()[:-1])
    drawn = _drawn(Wanted(f"{tmp_path}/card.jpg", str(tmp_path), "articles/2026/02/a.md", drawing))
    assert drawn.made is None and drawn.problem is not None
    assert drawn.problem.text().startswith("articles/2026/02/a.md: no card: ")


def test_only_pages_of_these_kinds_name_a_card(portal: Newsroom) -> None:
    pages = {name: data or b"" for name, data in tree(portal.output).items() if name.endswith(".html")}
    assert [name for name, data in pages.items() if b"media/-cards" in data] == ["2026/02/wet/index.html"]
