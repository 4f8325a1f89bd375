"""What a reader is told who cannot be served: a word for programs, a status, and the text in `strings.yaml`."""


class Refused(Exception):
    """A refusal; `code` is its name in the strings (`refused.code`), `values` fill the text in.

    `hang_up` closes the connection: what the reader still sends is not read.
    """

    def __init__(self, code: str, status: int = 400, *, wait: int = 0, hang_up: bool = False, **values: object) -> None:
        super().__init__(code)
        self.code, self.status, self.wait, self.hang_up, self.values = code, status, wait, hang_up, values
