"""The blocks of templates: what a template that begins from another may replace, and what it replaces by mistake."""

from collections.abc import Iterator, Mapping

from jinja2 import nodes
from msgspec import Struct

from generator.problems import Problem, did_you_mean
from generator.theme.environment import FOLDER
from generator.theme.files import ThemeFiles

Named = tuple[tuple[str, int], ...]
"""Names, each with the line on which it stands."""


class Blocks(Struct, frozen=True, gc=False):
    """The blocks of a template: `extends` is the template that it begins from (empty: none, or a computed one), `outer` are
    the blocks that stand in no other of its own, `inner` all others with the block that they stand in; `lost` are the lines
    of what it shows outside of every block."""

    extends: str = ""
    outer: Named = ()
    inner: tuple[tuple[str, str], ...] = ()
    lost: tuple[int, ...] = ()

    @property
    def names(self) -> list[str]:
        """The names of all blocks."""
        return [name for name, _ in (*self.outer, *self.inner)]


def blocks_of(tree: nodes.Template) -> Blocks:
    """The blocks of a template."""
    found = list(_blocks(tree, ""))
    parent = next((node.template for node in tree.body if isinstance(node, nodes.Extends)), None)
    return Blocks(
        str(parent.value) if isinstance(parent, nodes.Const) else "",
        tuple((block.name, block.lineno) for block, around in found if not around),
        tuple((block.name, around) for block, around in found if around),
        tuple(line for node in tree.body if (line := _shows(node))) if parent is not None else (),
    )


def _blocks(node: nodes.Node, around: str) -> Iterator[tuple[nodes.Block, str]]:
    for child in node.iter_child_nodes():
        if isinstance(child, nodes.Block):
            yield child, around
        yield from _blocks(child, child.name if isinstance(child, nodes.Block) else around)


def _shows(node: nodes.Node) -> int:
    """The line on which a node begins to show something; 0 where it shows nothing but white space."""
    for piece in node.nodes if isinstance(node, nodes.Output) else ():
        if not isinstance(piece, nodes.TemplateData):
            return piece.lineno
        if text := piece.data.lstrip():
            return piece.lineno + piece.data[: -len(text)].count("\n")
    return 0


def misplaced(theme: ThemeFiles, blocks: Mapping[str, Blocks]) -> Iterator[Problem]:
    """A problem for each block that replaces nothing, each text that no page shows, and each template that begins from
    itself."""
    for name, own in blocks.items():
        above = _above(name, blocks)
        if above is None:
            hint = f'“inherited/{name}” is the one that it stands in the place of: {{% extends "inherited/{name}" %}}'
            yield Problem(theme.place(FOLDER + name), "the template begins from itself", hint)
        else:
            for said, hint, line in (*_replacing_nothing(own, [blocks[parent] for parent in above]), *_lost(own)):
                yield Problem(theme.place(FOLDER + name, line), said, hint)


def _replacing_nothing(own: Blocks, above: list[Blocks]) -> Iterator[tuple[str, str, int]]:
    """The outer blocks that no template above has, where all of those are known: message, hint, line."""
    known = {name for parent in above for name in parent.names}
    for name, line in own.outer if above and not above[-1].extends else ():
        if name not in known:
            yield f"the template “{own.extends}” has no block “{name}”", did_you_mean(name, known), line


def _lost(own: Blocks) -> Iterator[tuple[str, str, int]]:
    shown_by = f"“{own.extends}”" if own.extends else "the template that this one begins from"
    for line in own.lost:
        yield f"this stands outside of every block, and {shown_by} shows blocks alone", "put it into a block", line


def _above(name: str, blocks: Mapping[str, Blocks]) -> list[str] | None:
    """The templates that one begins from, the nearest first; None where they go round in a circle."""
    found: list[str] = []
    while (name := blocks[name].extends) and name in blocks:
        if name in found:
            return None
        found.append(name)
    return found
