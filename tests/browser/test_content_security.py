"""The strictest Content-Security-Policy that README.md names lets every kind of page be what it is: no inline script or style."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.chromium import listen
from tests.browser.kinds import HOSTILE, SAMPLE, all_of
from tests.browser.policy import policy
from tests.newsreaders import served

pytestmark = pytest.mark.browser


def complaints(page: Page, folder: Path, addresses: list[str]) -> list[str]:
    """What the browser's console says of pages that are served under the policy, down to their ends."""
    heard = listen(page)
    with served(folder, policy()) as root:
        for address in addresses:
            page.goto(root + address, wait_until="networkidle")
            page.evaluate("scrollTo(0, document.body.scrollHeight)")
    return heard.complaints


def test_no_page_of_the_sample_breaks_the_policy(page: Page, sample_folder: Path) -> None:
    assert complaints(page, sample_folder, all_of(SAMPLE)) == []


def test_no_hostile_page_breaks_the_policy(page: Page, hostile_folder: Path) -> None:
    assert complaints(page, hostile_folder, all_of(HOSTILE)) == []


@pytest.mark.parametrize(
    "html",
    ["<p style='color: red'>", "<style>p { margin: 0 }</style>", "<script>1</script>", "<img src=https://a.example/b>"],
)
def test_what_breaks_the_policy_is_heard(page: Page, tmp_path: Path, html: str) -> None:
    (tmp_path / "index.html").write_text(f"<!doctype html><link rel=icon href=data:,><title>x</title>{html}")
    found = complaints(page, tmp_path, ["/"])
    assert "Content Security Policy" in "".join(found)
