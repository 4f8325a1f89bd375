"""The Jinja2 environment of a theme: strict, without clock and chance, its constants folded into the templates."""

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined, Template, TemplateError, nodes
from jinja2.bccache import BytecodeCache
from jinja2.environment import TemplateModule
from jinja2.visitor import NodeTransformer

from generator.theme.compiling import Compiler
from generator.theme.files import INHERITED, ThemeFiles
from generator.theme.running import ThemeContext

FOLDER = "templates/"
Constants = Mapping[tuple[str, str], str | int | bool | tuple[str, ...]]
FAILURES = (
    TemplateError,
    TypeError,
    ValueError,
    AttributeError,
    ArithmeticError,
    LookupError,
    RecursionError,
    SyntaxError,
)
"""What the author of a template can make it raise; a SyntaxError is Python's, of a template that is nested too deep."""


def named_templates(tree: nodes.Template) -> Iterator[nodes.Expr]:
    """The expressions that name other templates: in extends, include, import, and as the first argument of `part`."""
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        template: nodes.Expr = node.template  # type: ignore[attr-defined]
        yield from template.items if isinstance(template, (nodes.Tuple, nodes.List)) else (template,)
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "part" and call.args:
            yield call.args[0]


def _resolve_inherited(tree: nodes.Template, own: str) -> None:
    """In a template that itself is inherited, its `inherited/` name means the one below it."""
    for name in named_templates(tree):
        if isinstance(name, nodes.Const) and name.value == INHERITED + own.rpartition(INHERITED)[2]:
            name.value = INHERITED + own


_MOST = {"t": 1, "option": 1, "asset": 2}
"""How many arguments a call has at most that means the same on every page."""


class _Folding(NodeTransformer):
    """Puts the value in the place of a call that means the same on every page: `t("…")`, `asset("…")`, `option("…")`."""

    def __init__(self, constants: Constants) -> None:
        self.constants = constants

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        self.generic_visit(node)
        name, value = node.node, node.args[0] if node.args and not node.kwargs else None
        if (
            isinstance(name, nodes.Name)
            and isinstance(value, nodes.Const)
            and len(node.args) <= _MOST.get(name.name, 0)
        ):
            other = node.args[1].value if len(node.args) > 1 and isinstance(node.args[1], nodes.Const) else None
            constant = self.constants.get((name.name, str(value.value)), other)
            if constant is not None:
                return nodes.Const(constant, lineno=node.lineno)
        return node


class ThemeEnvironment(Environment):
    """A Jinja2 environment whose templates are folded with the constants of one language before they are compiled.

    All templates share the environment's globals, which ask for no context.
    """

    code_generator_class = Compiler
    context_class = ThemeContext
    constants: Constants | None = None

    def __init__(self, load: Callable[[str], tuple[str, str, Callable[[], bool]] | None], **options: Any) -> None:
        super().__init__(loader=FunctionLoader(load), autoescape=True, undefined=StrictUndefined, **options)
        self._loaded: dict[str, Template] = {}
        self._modules: dict[str, TemplateModule] = {}

    def get_template(
        self, name: str | Template, parent: str | None = None, globals: MutableMapping[str, object] | None = None
    ) -> Template:
        """A template by its name, found in one step from the second time on."""
        if globals or not isinstance(name, str):
            return super().get_template(name, parent, globals)
        found = self._loaded.get(name)
        if found is None:
            found = self._loaded[name] = super().get_template(name, parent)
        return found

    def module(self, name: str | Template, parent: str) -> TemplateModule:
        """What a template exports where it is imported without a context."""
        if not isinstance(name, str):
            return self.get_template(name, parent).module
        found = self._modules.get(name)
        if found is None:
            found = self._modules[name] = self.get_template(name, parent).module
        return found

    def make_globals(self, d: MutableMapping[str, object] | None) -> MutableMapping[str, object]:
        """A plain dict: Jinja2's own chain of maps is copied key by key for every page, which costs more than the page."""
        return {**self.globals, **d} if d else self.globals

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        _resolve_inherited(tree, name or "")
        if self.constants:
            _Folding(self.constants).visit(tree)
        return tree


def make_environment(
    theme: ThemeFiles, constants: Constants | None = None, cache: BytecodeCache | None = None
) -> ThemeEnvironment:
    """The environment of a theme: autoescape, nothing undefined passes, no clock and no randomness.

    A bytecode cache must be one of these constants and this compiler alone.
    """

    def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
        data = theme.files.get(FOLDER + name)
        return None if data is None else (data.decode("utf-8"), theme.place(FOLDER + name).path, lambda: True)

    environment = ThemeEnvironment(
        load, trim_blocks=True, lstrip_blocks=True, auto_reload=False, cache_size=-1, bytecode_cache=cache
    )
    environment.constants = constants
    environment.filters.pop("random")
    environment.globals.clear()
    environment.globals["range"] = range
    return environment
