"""The Nu Html Checker finds no error on any kind of page, nor on any page of the hostile portal."""

import json
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from generator.pages.addresses import file_of
from tests.browser.chromium import tool
from tests.browser.kinds import SAMPLE

pytestmark = pytest.mark.browser


def errors(paths: Iterable[Path]) -> list[str]:
    """What the checker has against these files."""
    java = shutil.which("java") or pytest.fail("Java is not installed: apt-get install default-jre-headless")
    options = ["-Xss1m", "-jar", tool("vnu-jar/build/dist/vnu.jar"), "--errors-only", "--stdout", "--exit-zero-always"]
    command = [java, *options, "--format", "json", *paths]
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=True)
    messages: list[dict[str, Any]] = json.loads(done.stdout)["messages"]
    return [f"{said.get('url')}:{said.get('lastLine')}: {said['message']}: {said.get('extract')}" for said in messages]


def test_every_kind_of_page_is_valid_html(sample_folder: Path, hostile_folder: Path, tmp_path: Path) -> None:
    pages = [sample_folder / file_of(address) for found in SAMPLE.values() for address in found]
    broken = tmp_path / "broken.html"  # among the others: the checker takes long to begin
    broken.write_text("<!doctype html><html lang=en><title>x</title><body><p><div></p><img src=x>")
    hostile = (path for path in hostile_folder.rglob("*.html") if path.parent.name != "live")  # pieces of other pages
    found = errors([*pages, *hostile, broken])
    assert [said for said in found if broken.name not in said] == []
    assert [said for said in found if "alt" in said] != []
