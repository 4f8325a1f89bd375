"""What compiled templates run on in the place of Jinja2's own: cheaper, and the same in what they print."""

from collections.abc import Callable, Iterator, MutableMapping

import markupsafe
from jinja2 import Environment
from jinja2.nodes import EvalContext
from jinja2.runtime import Context
from jinja2.runtime import Macro as JinjaMacro
from jinja2.utils import missing, pass_eval_context
from markupsafe import Markup

# markupsafe's own `escape` wraps each text that it has escaped; what is printed at once needs no wrapper.
escape_text: Callable[[str], str] = getattr(
    markupsafe, "_escape_inner", lambda text: str.__str__(markupsafe.escape(text))
)


def escape(value: object) -> str:
    """A value as a page shows it: what is ready to print as it is, everything else escaped."""
    kind = type(value)
    if kind is Markup or kind is str:
        return value if kind is Markup else escape_text(value)  # type: ignore[return-value, arg-type]
    return str(value) if kind is int else markupsafe.escape(value)


def printing(callee: Callable[..., object]) -> Callable[..., str]:
    """A callable that gives what another gives, as a page shows it."""
    return lambda *arguments: escape(callee(*arguments))


class Macro(JinjaMacro):
    """A macro that is called by position knows at once what its parameters are.

    `text` prints it without a wrapper where there are at most `most` arguments. Without an EvalContext before its
    arguments it is called by code that escapes.
    """

    def __init__(
        self,
        environment: Environment,
        func: Callable[..., str],
        name: str,
        arguments: list[str],
        *flags: bool,
    ) -> None:
        super().__init__(environment, func, name, arguments, *flags)
        self.text, self.most = func, -1
        if not (self.catch_kwargs or self.catch_varargs or self.caller or self.explicit_caller):
            self.most = len(arguments)
            func.__defaults__ = (missing,) * self.most

    @pass_eval_context
    def __call__(self, *arguments: object, **named: object) -> str:
        """The macro's text, ready to print where the caller escapes."""
        if arguments and isinstance(arguments[0], EvalContext):
            return super().__call__(*arguments, **named)
        if named or len(arguments) > self.most:
            return Markup(super().__call__(*arguments, **named))
        return Markup(self.text(*arguments))


class _Names(dict[str, object]):
    """The names that a template sees; one that it does not see is `missing`, as Jinja2 calls it."""

    def __missing__(self, name: str) -> object:
        return missing


class ThemeContext(Context):
    """A context with all its names in one place, so that looking one up is a single step."""

    def __init__(
        self,
        environment: Environment,
        parent: dict[str, object],
        name: str | None,
        blocks: dict[str, Callable[[Context], Iterator[str]]],
        globals: MutableMapping[str, object] | None = None,
    ) -> None:
        super().__init__(environment, {}, name, blocks)
        self.vars = _Names(parent)
        self.resolve_or_missing = self.vars.__getitem__  # type: ignore[method-assign, assignment]
