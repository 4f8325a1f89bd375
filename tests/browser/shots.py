"""Pictures of every kind of page at three widths in both schemes, for people to look at: `make screenshots`."""

from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

from tests.browser.chromium import HEIGHT, SCHEMES, started
from tests.browser.hostile import build_hostile
from tests.browser.kinds import HOSTILE, SAMPLE, all_of
from tests.newsreaders import served
from tests.sample import build_sample

WIDTHS = (320, 768, 1280)
TALLEST = 5000
"""Pixels: the rest of a page that is taller is text."""
ARTEFACTS = Path(__file__).parent.parent / "artefacts" / "screenshots"


def take(browser: Browser, root: str, addresses: list[str], folder: Path) -> int:
    """Takes the pictures of a portal's pages, and gives how many there are."""
    page = browser.new_page()
    for address in addresses:
        page.goto(root + address)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            height = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
            page.set_viewport_size({"width": width, "height": height})
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                name = f"{address.strip('/').replace('/', '-') or 'front'}-{width}-{scheme}.png"
                page.screenshot(path=folder / name)
    page.close()
    return len(addresses) * len(WIDTHS) * len(SCHEMES)


def main() -> None:
    """Builds the sample and the hostile portal and takes their pictures."""
    with TemporaryDirectory() as scratch, started(Path(scratch)) as browser:
        portals = {
            "sample": (build_sample(Path(scratch) / "sample"), SAMPLE),
            "hostile": (build_hostile(Path(scratch) / "hostile"), HOSTILE),
        }
        for name, (output, kinds) in portals.items():
            (ARTEFACTS / name).mkdir(parents=True, exist_ok=True)
            with served(output) as root:
                count = take(browser, root, all_of(kinds), ARTEFACTS / name)
            print(f"{count} pictures in {ARTEFACTS / name}")


if __name__ == "__main__":
    main()
