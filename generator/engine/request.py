"""What a build is asked to do."""

from pathlib import Path

from msgspec import Struct

from generator.theme.files import shipped_themes


class Request(Struct, frozen=True, gc=False):
    """Folders and wishes of a build; `now` in seconds since 1970 (UTC). `verify` is how many kept pages to make again."""

    content: Path
    output: Path
    store: Path
    now: int
    drafts: bool = False
    clean: bool = False
    keep_going: bool = False
    verify: int = 0

    @property
    def themes(self) -> tuple[Path, ...]:
        """Where themes are looked for: the portal's own folder first."""
        return (self.content.parent / "themes", shipped_themes())

    def source(self, path: str) -> bytes | None:
        """The bytes of a source, None where it cannot be read."""
        try:
            return (self.content / path).read_bytes()
        except OSError:
            return None

    @property
    def output_key(self) -> str:
        """The name under which the store knows the output: relative to the store, so that both can move together."""
        from os.path import relpath

        return relpath(self.output.resolve(), self.store.resolve())
