"""Templates: what each of them names, and the closure of what it depends on."""

from collections.abc import Iterator, Mapping

from jinja2 import TemplateSyntaxError, nodes
from msgspec import Struct

from generator.problems import Problem, did_you_mean
from generator.theme.blocks import Blocks, Named, blocks_of
from generator.theme.environment import FOLDER, make_environment, named_templates
from generator.theme.files import INHERITED, ThemeFiles

_NAMED = {"t": "strings", "n": "strings", "asset": "assets", "option": "options"}


class Uses(Struct, frozen=True, gc=False):
    """What a template names; None stands for "all", where a name is computed. An asset on line 0 may be missing."""

    templates: Named | None
    strings: Named | None = ()
    assets: Named | None = ()
    options: Named | None = ()
    blocks: Blocks = Blocks()


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
            except RecursionError:
                problems.append(Problem(theme.place(path), "the template is nested too deep", "write fewer brackets"))
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
                may_be_missing = call.node.name == "asset" and len(call.args) > 1
                known.append((str(first.value), 0 if may_be_missing else call.lineno))
    named |= dict.fromkeys(_NAMED[name] for name in _handed_on(tree) & _NAMED.keys())
    strings, assets, options = (None if pairs is None else tuple(pairs) for pairs in named.values())
    return Uses(_referenced(tree), strings, assets, options, blocks_of(tree))


def _handed_on(tree: nodes.Template) -> set[str]:
    """The names that are used otherwise than in a call with an argument: `{% set say = t %}` may then say anything."""
    called = {id(call.node) for call in tree.find_all(nodes.Call) if call.args}
    return {name.name for name in tree.find_all(nodes.Name) if name.ctx == "load" and id(name) not in called}


def _referenced(tree: nodes.Template) -> Named | None:
    """The templates that one extends, includes or imports; None where any may be meant."""
    names = list(named_templates(tree))
    if "part" in _handed_on(tree) or not all(isinstance(name, nodes.Const) for name in names):
        return None
    return tuple((str(name.value), name.lineno) for name in names if isinstance(name, nodes.Const))


def closure(name: str, uses: Mapping[str, Uses]) -> list[str]:
    """A template and all that it reaches, in order of name."""
    reached, waiting = set[str](), [name]
    while waiting:
        template = waiting.pop()
        if template in reached or template not in uses:
            continue
        reached.add(template)
        named = uses[template].templates
        waiting += uses if named is None else [name for name, _ in named]
    return sorted(reached)


def missing_names(theme: ThemeFiles, uses: Mapping[str, Uses], known: Mapping[str, set[str]]) -> Iterator[Problem]:
    """A problem for each template, string, asset and option that a template names and the theme does not have."""
    for name, used in uses.items():
        for template, line in used.templates or ():
            if template not in uses:
                said = f"the theme has no template “{template}”"
                yield Problem(theme.place(FOLDER + name, line), said, _way_out(template, uses))
        for what, pairs in (("string", used.strings), ("asset", used.assets), ("option", used.options)):
            for key, line in pairs or ():
                if key not in known[what] and line:
                    yield Problem(theme.place(FOLDER + name, line), f"the theme has no {what} “{key}”")


def _way_out(template: str, uses: Mapping[str, Uses]) -> str:
    if template.startswith(INHERITED):
        return f"{template.removeprefix(INHERITED)} stands in the place of no other"
    return did_you_mean(template, uses)
