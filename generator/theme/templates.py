"""Templates: what each of them names, and the closure of what it depends on."""

from collections.abc import Iterator, Mapping

from jinja2 import TemplateSyntaxError, nodes
from msgspec import Struct

from generator.problems import Problem
from generator.theme.environment import FOLDER, make_environment
from generator.theme.files import ThemeFiles

_NAMED = {"t": "strings", "n": "strings", "asset": "assets", "option": "options"}


class Uses(Struct, frozen=True, gc=False):
    """What a template names; None stands for "all", where a name is computed.

    Strings, assets and options hold (name, line) pairs.
    """

    templates: tuple[str, ...] | None
    strings: tuple[tuple[str, int], ...] | None = ()
    assets: tuple[tuple[str, int], ...] | None = ()
    options: tuple[tuple[str, int], ...] | None = ()


def read_uses(theme: ThemeFiles, problems: list[Problem]) -> dict[str, Uses]:
    """What each template of the theme names; a template that is not well written is a problem."""
    environment = make_environment(theme)
    found: dict[str, Uses] = {}
    for path in theme.files:
        if path.startswith(FOLDER):
            name = path.removeprefix(FOLDER)
            try:
                found[name] = _uses(environment.parse(theme.files[path].decode("utf-8"), name))
            except TemplateSyntaxError as error:
                problems.append(Problem(theme.place(path, error.lineno), f"the template is broken: {error.message}"))
            except UnicodeDecodeError:
                problems.append(
                    Problem(theme.place(path), "the template is not UTF-8", "save the file in the encoding UTF-8")
                )
    return found


def _uses(tree: nodes.Template) -> Uses:
    named: dict[str, list[tuple[str, int]] | None] = {"strings": [], "assets": [], "options": []}
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name in _NAMED:
            known = named[_NAMED[call.node.name]]
            first = call.args[0] if call.args else None
            if known is None or not isinstance(first, nodes.Const):
                named[_NAMED[call.node.name]] = None
            else:
                known.append((str(first.value), call.lineno))
    named |= dict.fromkeys(_NAMED[name] for name in _handed_on(tree) & _NAMED.keys())
    parts = [None if pairs is None else tuple(pairs) for pairs in named.values()]
    return Uses(_referenced(tree), *parts)


def _handed_on(tree: nodes.Template) -> set[str]:
    """The names that are used otherwise than in a call with an argument: `{% set say = t %}` may then say anything."""
    called = {id(call.node) for call in tree.find_all(nodes.Call) if call.args}
    return {name.name for name in tree.find_all(nodes.Name) if name.ctx == "load" and id(name) not in called}


def _referenced(tree: nodes.Template) -> tuple[str, ...] | None:
    """The templates that one extends, includes or imports; None where any may be meant."""
    if "part" in _handed_on(tree):
        return None
    found: list[str] = []
    for template in _template_expressions(tree):
        if isinstance(template, nodes.Const) and isinstance(template.value, str):
            found.append(template.value)
        elif isinstance(template, (nodes.Tuple, nodes.List)) and all(
            isinstance(item, nodes.Const) for item in template.items
        ):
            found += [item.value for item in template.items if isinstance(item, nodes.Const)]
        else:
            return None
    return tuple(found)


def _template_expressions(tree: nodes.Template) -> Iterator[nodes.Expr]:
    """The expressions that name other templates: in extends, include, import, and as the first argument of `part`."""
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        yield node.template  # type: ignore[attr-defined]
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "part" and call.args:
            yield call.args[0]


def closure(name: str, uses: Mapping[str, Uses]) -> list[str]:
    """A template and all that it reaches, in order of name."""
    reached, waiting = set[str](), [name]
    while waiting:
        template = waiting.pop()
        if template in reached or template not in uses:
            continue
        reached.add(template)
        named = uses[template].templates
        waiting += uses if named is None else named
    return sorted(reached)


def missing_names(theme: ThemeFiles, uses: Mapping[str, Uses], known: Mapping[str, set[str]]) -> Iterator[Problem]:
    """A problem for each template, string, asset and option that a template names and the theme does not have."""
    for name, used in uses.items():
        place = theme.place(FOLDER + name)
        for template in used.templates or ():
            if template not in uses:
                yield Problem(place, f"the theme has no template “{template}”")
        for what, pairs in (("string", used.strings), ("asset", used.assets), ("option", used.options)):
            for key, line in pairs or ():
                if key not in known[what]:
                    yield Problem(theme.place(FOLDER + name, line), f"the theme has no {what} “{key}”")
