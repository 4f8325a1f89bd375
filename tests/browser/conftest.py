"""The portals that the browser opens, served on loopback, and the browser itself."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import HEIGHT, started
from tests.browser.hostile import build_hostile
from tests.newsreaders import served


@pytest.fixture(scope="session")
def hostile_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of the hostile portal."""
    return build_hostile(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="session")
def hostile_address(hostile_folder: Path) -> Iterator[str]:
    """Where the hostile portal is served."""
    with served(hostile_folder) as address:
        yield address


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Chromium. Not for the whole session: a loop of events runs as long as it does, in the way of other tests' loops."""
    with started(tmp_path_factory.mktemp("home")) as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty tab of a reader who has never been here."""
    reader = browser.new_context(viewport={"width": 1280, "height": HEIGHT}, reduced_motion="reduce")
    yield reader.new_page()
    reader.close()
