"""The Content-Security-Policy that README.md tells portals to send."""

from tests.conftest import ROOT

_NAME, _INBOX = "Content-Security-Policy: ", "https://aryk.example"


def policy(inbox: str = "") -> dict[str, str]:
    """The header, with the address of an inbox where there is one."""
    (line,) = [line for line in (ROOT / "README.md").read_text("utf-8").splitlines() if line.startswith(_NAME)]
    assert "default-src 'none'" in line
    assert "unsafe-inline" not in line
    return {_NAME.rstrip(": "): line.removeprefix(_NAME).replace(f" {_INBOX}", f" {inbox}" if inbox else "")}
