"""`aryk search` with the real Pagefind: what is in an index, which shards are made anew, what a reader finds meanwhile."""

import gzip
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from msgspec.structs import replace

from generator.cli.main import run
from generator.engine import publish
from generator.engine.build import build
from generator.engine.lock import locked_output
from generator.engine.request import Request
from generator.search import indexing, pagefind
from generator.search.indexing import Indexed, NothingPublished, bring_up_to_date
from generator.search.pagefind import FailedPagefind, Program, find_pagefind
from tests.conftest import Files, MakeSite, lay_out, story, tree

LANGUAGES = ("ru", "en")
SITE = "name: Арык\naddress: https://aryk.example\ntime_zone: Asia/Bishkek\nlanguage: ru\nlanguages: [ru, en]\n"
PORTAL: Files = {
    "site.yaml": SITE,
    "articles/2024/05/alma.md": story("Яблоки Алматы.", date="2024-05-02 10:00"),
    "articles/2025/05/bazaar.md": story("Базар в Оше.", date="2025-05-02 10:00"),
    "articles/2025/06/canal.md": story("Канал у Чуй.", date="2025-06-02 10:00"),
    "articles/2025/06/dam.en.md": story("A dam on the Naryn.", date="2025-06-03 10:00"),
}


def indexed(request: Request, **wishes: Any) -> Indexed:
    """What a run of the command did after a build."""
    assert build(request).problems == ()
    return searched(request, **wishes)


def searched(request: Request, **wishes: Any) -> Indexed:
    """What a run of the command did."""
    return bring_up_to_date(request, LANGUAGES, find_pagefind(), wishes.pop("progress", lambda *said: None), **wishes)


def index(request: Request) -> dict[str, bytes]:
    """The files of all indexes."""
    return {path: data for path, data in tree(request.output / "search").items() if path != "index.html"}


def stamps(request: Request) -> dict[str, int]:
    """When each file of the indexes was written."""
    return {path: (request.output / "search" / path).stat().st_mtime_ns for path in index(request)}


def stories(request: Request) -> dict[str, dict[str, Any]]:
    """What the indexes hold of each story, by its address."""
    fragments = (data for path, data in index(request).items() if path.endswith(".pf_fragment"))
    records = [json.loads(gzip.decompress(data).removeprefix(b"pagefind_dcd")) for data in fragments]
    found = {record["url"]: record for record in records}
    assert len(found) == len(records)
    return found


def listed(request: Request, language: str) -> list[str]:
    """The shards of a language, as the search page finds them."""
    found = json.loads((request.output / f"search/{language}/shards.json").read_text())
    return [f"{shard['name']}: {shard['stories']}" for shard in found["shards"]]


def test_an_index_for_each_language_and_year(make_site: MakeSite) -> None:
    request = make_site(PORTAL)
    done = indexed(request)
    assert done.made == ("/search/ru/2025/", "/search/ru/2024/", "/search/en/2025/")
    assert (done.stories, done.kept, done.removed) == (4, (), ())
    assert (listed(request, "ru"), listed(request, "en")) == (["2025: 2", "2024: 1"], ["2025: 1"])
    assert stories(request).keys() == {
        "/2024/05/alma/",
        "/2025/05/bazaar/",
        "/2025/06/canal/",
        "/en/2025/06/dam/",
    }
    assert {"ru/2025/wasm.ru.pagefind", "en/2025/wasm.en.pagefind", "ru/2025/pagefind.js"} <= index(request).keys()
    assert not any("-ui" in path or ".aryk-new" in path for path in index(request))


def test_a_second_run_writes_nothing(make_site: MakeSite) -> None:
    request = make_site(PORTAL)
    indexed(request)
    before = stamps(request)
    done = indexed(request)
    assert (done.made, done.written, len(done.kept)) == ((), 0, 3)
    assert stamps(request) == before


def test_a_story_published_makes_its_shard_anew_and_no_other(make_site: MakeSite) -> None:
    request = make_site(PORTAL)
    indexed(request)
    before, fragment = stamps(request), _fragment_of(request, "bazaar")
    lay_out(request.content, {"articles/2025/07/east.md": story("Восток.", date="2025-07-02 10:00")})
    done = indexed(request)
    assert done.made == ("/search/ru/2025/",)
    assert "/2025/07/east/" in stories(request)
    after = stamps(request)
    assert {path for path in before if after.get(path) != before[path]} <= {
        path for path in before if path.startswith("ru/2025/")
    } | {"ru/shards.json"}
    assert after[fragment] == before[fragment]


def _fragment_of(request: Request, name: str) -> str:
    return next(
        path
        for path, data in index(request).items()
        if path.endswith(".pf_fragment") and f"/{name}/" in gzip.decompress(data).decode()
    )


def test_a_neighbour_is_no_reason_to_index_a_story_again(make_site: MakeSite) -> None:
    request = make_site(PORTAL)
    indexed(request)
    lay_out(request.content, {"articles/2026/01/first.md": story("Первая в году.", date="2026-01-02 10:00")})
    assert indexed(request).made == ("/search/ru/2026/",)


def test_a_story_that_is_retracted_or_deleted_leaves_the_index(make_site: MakeSite) -> None:
    request = make_site(PORTAL)
    indexed(request)
    gone = story("Яблоки Алматы.", date="2024-05-02 10:00", retracted="{date: 2025-12-01, text: Ошибка.}")
    lay_out(request.content, {"articles/2024/05/alma.md": gone, "articles/2025/05/bazaar.md": None})
    done = indexed(request)
    assert (done.made, done.removed) == (("/search/ru/2025/",), ("/search/ru/2024/",))
    assert listed(request, "ru") == ["2025: 1"]
    assert not (request.output / "search/ru/2024").exists()
    assert stories(request).keys() == {"/2025/06/canal/", "/en/2025/06/dam/"}


def test_a_language_that_is_given_up_loses_its_index(make_site: MakeSite) -> None:
    request = make_site(PORTAL)
    indexed(request)
    lay_out(request.content, {"articles/2025/06/dam.en.md": None})
    assert indexed(request).removed == ("/search/en/2025/",)
    assert not (request.output / "search/en").exists()


def test_a_year_with_very_many_stories_has_several_shards(make_site: MakeSite) -> None:
    more = {f"articles/2025/0{n}/s{n}.md": story(f"История {n}.", date=f"2025-0{n}-02 10:00") for n in range(1, 6)}
    request = make_site({"site.yaml": SITE, **more})
    assert indexed(request, most=2).made == ("/search/ru/2025-3/", "/search/ru/2025-2/", "/search/ru/2025/")
    assert listed(request, "ru") == ["2025-3: 1", "2025-2: 2", "2025: 2"]
    assert len(stories(request)) == 5
    lay_out(request.content, {"articles/2025/06/s6.md": story("История 6.", date="2025-06-02 10:00")})
    assert indexed(request, most=2).made == ("/search/ru/2025-3/",)


def test_builds_leave_the_index_alone(make_site: MakeSite) -> None:
    request = make_site(PORTAL)
    indexed(request)
    before, times = index(request), stamps(request)
    lay_out(request.content, {"articles/2025/05/bazaar.md": None, "articles/2024/05/alma.md": None})
    assert build(request).deleted
    shutil.rmtree(request.store)
    assert build(replace(request, clean=True)).problems == ()
    assert (index(request), stamps(request)) == (before, times)


def test_the_index_waits_for_a_build(make_site: MakeSite) -> None:
    request, waits, done = make_site(PORTAL), Event(), list[Indexed]()
    assert build(request).problems == ()

    def progress(stage: str, count: int) -> None:
        if stage == "waiting for a build":
            waits.set()

    thread = Thread(target=lambda: done.append(searched(request, progress=progress)))
    with locked_output(request.output, lambda: None):
        thread.start()
        assert waits.wait(60)
        assert not (request.output / "search/ru").exists()
    thread.join()
    assert len(done[0].made) == 3


def _once(made_once: Path) -> Callable[[Program, Path, Path, str], list[str]]:
    """A run of Pagefind that is the same for every caller: of two real ones the files' names differ."""
    names: list[str] = []

    def run(program: Program, pages: Path, made: Path, language: str) -> list[str]:
        if not names:
            names.extend(pagefind.run_pagefind(program, pages, made_once, language))
        shutil.copytree(made_once, made)
        return list(names)

    return run


class Killed(BaseException):
    """Stands for the end of a process: nothing catches it."""


def test_whoever_searches_finds_a_whole_index_wherever_a_run_was_killed(
    make_site: MakeSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = make_site(PORTAL)
    indexed(request)
    old, saved = _needed(request.output), request.output.with_name("saved")
    lay_out(request.content, {"articles/2025/05/bazaar.md": story("Базар закрыт.", date="2025-05-02 10:00")})
    assert build(request).problems == ()
    shutil.copytree(request.output, saved)
    monkeypatch.setattr(indexing, "run_pagefind", _once(request.output.with_name("made")))
    searched(request)
    new, count = _needed(request.output), 0
    whole = publish._placed
    while True:
        shutil.rmtree(request.output)
        shutil.copytree(saved, request.output, copy_function=shutil.copy2)
        left = iter(range(count))

        def placed(path: str, left: Any = left) -> Any:
            if next(left, None) is None:
                raise Killed
            return whole(path)

        monkeypatch.setattr(publish, "_placed", placed)
        try:
            searched(request)
        except Killed:
            assert _entry(request.output) in (old.keys() | new.keys())
            lost = (old | new)[_entry(request.output)] - index(request).keys()
            assert not lost
            monkeypatch.setattr(publish, "_placed", whole)
            searched(request)
            assert "Базар закрыт." in stories(request)["/2025/05/bazaar/"]["content"]
            assert not any(path.endswith(".aryk-new") for path in index(request))
            count += 1
        else:
            break
    assert count > 3


def _entry(output: Path) -> bytes:
    return (output / "search/ru/2025/pagefind-entry.json").read_bytes()


def _needed(output: Path) -> dict[bytes, set[str]]:
    """The files without which the index that an entry names is none."""
    made = json.loads((output / "search/ru/2025/made.json").read_text())
    return {_entry(output): {f"ru/2025/{name}" for name in made["files"]}}


def test_a_search_that_is_open_in_a_browser_finds_its_index_for_one_more_run(make_site: MakeSite) -> None:
    request = make_site(PORTAL)
    indexed(request)
    old = _needed(request.output)
    (needed,) = old.values()
    for number in (1, 2):
        lay_out(request.content, {"articles/2025/05/bazaar.md": story(f"Базар {number}.", date="2025-05-02 10:00")})
        indexed(request)
        lost = needed - index(request).keys()
        assert any(path.endswith(".pf_fragment") for path in lost), "what was corrected is nowhere to be read"
        assert any(not path.endswith(".pf_fragment") for path in lost) == (number == 2)


def test_an_index_that_cannot_be_made_leaves_the_old_one(make_site: MakeSite, monkeypatch: pytest.MonkeyPatch) -> None:
    request = make_site(PORTAL)
    indexed(request)
    before = index(request)
    lay_out(request.content, {"articles/2025/05/bazaar.md": story("Базар закрыт.", date="2025-05-02 10:00")})
    build(request)
    monkeypatch.setattr(pagefind, "_ENTRY", "no-such-file.json")
    with pytest.raises(FailedPagefind):
        searched(request)
    assert index(request) == before


def test_nothing_published_is_told(make_site: MakeSite) -> None:
    request = make_site(PORTAL)
    with pytest.raises(NothingPublished):
        searched(request)
    assert not request.output.exists()


def test_the_command(make_site: MakeSite, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    request = make_site(PORTAL)
    words = ["search", "--content", str(request.content)]
    assert run(words) == 2
    assert "`aryk build` first" in capsys.readouterr().err
    build(request)
    assert run([*words, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["stories"] == 4
    assert run(words) == 0
    assert "0 shards made, 3 kept" in capsys.readouterr().out
    monkeypatch.setattr(pagefind, "find_spec", lambda name: None)
    assert run(words) == 2
    assert "pip install 'aryk[search]'" in capsys.readouterr().err
    lay_out(request.content, {"site.yaml": None})
    assert run(words) == 1
