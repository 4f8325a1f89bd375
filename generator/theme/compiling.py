"""Templates become Python by Jinja2's own compiler, with cheaper code for what pages do most; they print the same."""

from functools import lru_cache
from importlib.metadata import version
from keyword import iskeyword
from pathlib import Path

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import escape

from generator.digests import digest


@lru_cache
def compiler_digest() -> bytes:
    """16 bytes that change whenever the same template could become other code."""
    return digest((version("jinja2"), Path(__file__).read_bytes()))


class Compiler(CodeGenerator):
    """Writes the code of a template for an environment in which nothing that can be called asks for a context."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """The code's own words come last, so that they stand in the place of Jinja2's."""
        super().visit_Template(node, frame)
        self.writeline("from generator.theme.running import Macro, escape, escape_text, printing")

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:
        """What is printed in one go is joined at once, rather than handed piece by piece through all generators."""
        if frame.require_output_check or not _escapes(frame):
            super().visit_Output(node, frame)
            return
        pieces = _pieces(node, frame)
        self.start_write(frame, node)
        self.write("concat((" if len(pieces) > 1 else "")
        self.indent()
        for at, piece in enumerate(pieces):
            if at:
                self.write(", ")
                self.newline(piece if isinstance(piece, nodes.Expr) else None)
            self._print(piece, frame)
        self.outdent()
        self.write("))" if len(pieces) > 1 else "")
        self.end_write(frame)

    def _print(self, piece: str | nodes.Expr, frame: Frame) -> None:
        """Writes an expression whose value is a text that needs no escaping any more."""
        if isinstance(piece, str):
            self.write(repr(piece))
        elif isinstance(piece, nodes.CondExpr) and piece.expr2 is not None:
            self._print_either(piece, piece.expr2, frame.soft())
        elif isinstance(piece, nodes.Call) and self._may_be_macro(piece):
            self.write("(callee.text if type(callee := ")
            self.visit(piece.node, frame)
            self.write(f") is Macro and callee.most >= {len(piece.args)} else printing(callee))")
            self._write_arguments(piece, frame)
        else:
            self.write("(escape_text(value) if type(value := ")
            self.visit(piece, frame)
            self.write(") is str else escape(value))")

    def _print_either(self, choice: nodes.CondExpr, other: nodes.Expr, frame: Frame) -> None:
        self.write("(")
        self._print(choice.expr1, frame)
        self.write(" if ")
        self.visit(choice.test, frame)
        self.write(" else ")
        self._print(other, frame)
        self.write(")")

    def _may_be_macro(self, call: nodes.Call) -> bool:
        """Whether a call has the form that is cheap for macros; it is right for everything else too, only dearer."""
        named = isinstance(call.node, nodes.Name) and call.node.name not in self.environment.globals
        return named and not call.kwargs and _is_plain(call)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """An attribute is asked for right here; the environment is asked only where there is none."""
        self.write("(value if (value := getattr((owner := ")
        self.visit(node.node, frame)
        self.write(f"), {node.attr!r}, missing)) is not missing else environment.getattr(owner, {node.attr!r}))")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        """A call is a call. Where it is not certain that the caller escapes, a macro must be told."""
        called_by_name = isinstance(node.node, (nodes.Name, nodes.Getattr))
        if not (_escapes(frame) and _is_plain(node) and called_by_name):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self._write_arguments(node, frame, "caller=caller" if forward_caller else "")

    def _write_arguments(self, node: nodes.Call, frame: Frame, last: str = "") -> None:
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(f"{last})")

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        """What a template exports without a context is the same wherever it is imported."""
        if node.with_context:
            super()._import_common(node, frame)
            return
        self.write("environment.module(")
        self.visit(node.template, frame)
        self.write(f", {self.name!r})")


def _escapes(frame: Frame) -> bool:
    """Whether it is certain that what is printed here is escaped."""
    return bool(frame.eval_ctx.autoescape) and not frame.eval_ctx.volatile


def _is_plain(call: nodes.Call) -> bool:
    """Whether the arguments of a call can be written as they stand."""
    return not (call.dyn_args or call.dyn_kwargs or any(iskeyword(pair.key) for pair in call.kwargs))


def _pieces(node: nodes.Output, frame: Frame) -> list[str | nodes.Expr]:
    """What is printed: expressions, and what is constant as texts of which none stands beside another."""
    pieces: list[str | nodes.Expr] = []
    for child in node.nodes:
        piece = _constant(child, frame)
        last = pieces[-1] if pieces else None
        if isinstance(piece, str) and isinstance(last, str):
            pieces[-1] = last + piece
        else:
            pieces.append(piece)
    return pieces


def _constant(node: nodes.Expr, frame: Frame) -> str | nodes.Expr:
    """The text of what is constant; anything else, and what fails, is left to the moment when it is printed."""
    try:
        return str(escape(node.as_const(frame.eval_ctx)))
    except Exception:
        return node
