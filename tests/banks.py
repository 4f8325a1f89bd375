"""A bank on loopback: a real server over TLS that says what a test wants said, and the documents of each source's format."""

import json
import ssl
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import NamedTuple

import trustme

Rates = Mapping[str, tuple[str, str]]
"""Nominal and value by currency."""


class Reply(NamedTuple):
    """What the bank answers. `length` is what it says of the body's; `hangs` is never sent to its end; `drips` comes byte by
    byte, and `floods` without end."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = {}
    length: int | None = None
    hangs: bool = False
    drips: bool = False
    floods: bool = False


class Bank:
    """Answers each path with its replies in turn, the last one again and again; everything else is not found."""

    def __init__(self, authority: trustme.CA) -> None:
        self.replies: dict[str, deque[Reply]] = {}
        self.asked: list[tuple[str, Mapping[str, str]]] = []
        self.connections = 0
        self.closing = Event()
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        authority.issue_cert("localhost").configure_cert(context)
        self._server.socket = context.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        self.origin = f"https://localhost:{self._server.server_address[1]}"
        self._thread = Thread(target=self._server.serve_forever, args=(0.01,))

    def __enter__(self) -> "Bank":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def says(self, path: str, *replies: Reply | bytes) -> None:
        """What a path is answered with from now on."""
        self.replies[path] = deque(Reply(one) if isinstance(one, bytes) else one for one in replies)

    def reply(self, path: str) -> Reply:
        """The next reply."""
        waiting = self.replies.get(path)
        if waiting is None:
            return Reply(status=404)
        return waiting.popleft() if len(waiting) > 1 else waiting[0]


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Says nothing of visitors who do not trust the bank."""


def _handler(bank: Bank) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 30
        disable_nagle_algorithm = True

        def setup(self) -> None:
            super().setup()
            bank.connections += 1

        def do_GET(self) -> None:
            bank.asked.append((self.path, dict(self.headers)))
            reply = bank.reply(self.path)
            if reply.hangs:
                bank.closing.wait(30)
            with suppress(OSError):
                self._send(reply)

        def _send(self, reply: Reply) -> None:
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            length = 10**12 if reply.floods else len(reply.body) if reply.length is None else reply.length
            if reply.status != 304:
                self.send_header("Content-Length", str(length))
            self.end_headers()
            for piece in _pieces(reply, bank.closing):
                self.wfile.write(piece)
            self.close_connection = length != len(reply.body)

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    return Handler


def _pieces(reply: Reply, closing: Event) -> Iterator[bytes]:
    if reply.drips:
        for byte in reply.body:
            if closing.wait(0.02):
                return
            yield bytes([byte])
    elif reply.floods:
        while not closing.is_set():
            yield b" " * 65536
    else:
        yield reply.body


def _valutes(day: str, rates: Rates, encoding: str, *, comma: bool) -> bytes:
    rows = "".join(
        f'<Valute ID="{at}"><NumCode>000</NumCode><CharCode>{code}</CharCode><Nominal>{nominal}</Nominal>'
        f"<Name>Валюта {code}</Name><Value>{value.replace('.', ',') if comma else value}</Value></Valute>\n"
        for at, (code, (nominal, value)) in enumerate(rates.items())
    )
    head = f'<?xml version="1.0" encoding="{encoding}"?>\n<ValCurs Date="{day}" name="Market">'
    return f"{head}{rows}</ValCurs>".encode(encoding)


def nbk(day: date, rates: Rates) -> bytes:
    """A day at the National Bank of Kazakhstan."""
    items = "".join(
        f"<item><fullname>ВАЛЮТА</fullname><title>{code}</title><description>{value}</description><quant>{nominal}</quant>"
        f"<index></index><change>+0.10</change></item>\n"
        for code, (nominal, value) in rates.items()
    )
    head = f'<?xml version="1.0" encoding="utf-8"?>\n<rates><title>Rates</title><date>{day:%d.%m.%Y}</date>'
    return f"{head}{items}</rates>".encode()


def nbk_rss(day: date, rates: Rates) -> bytes:
    """Today's feed of the same bank."""
    items = "".join(
        f"<item><title>{code}</title><pubDate>{day:%d.%m.%Y}</pubDate><description>{value}</description>"
        f"<quant>{nominal}</quant><index>UP</index><change>0.10</change><link/></item>"
        for code, (nominal, value) in rates.items()
    )
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{items}</channel></rss>'.encode()


def nbkr(day: date, rates: Rates) -> bytes:
    """A day, or a week, at the National Bank of the Kyrgyz Republic."""
    rows = "".join(
        f'<Currency ISOCode="{code}"><Nominal>{nominal}</Nominal><Value>{value.replace(".", ",")}</Value></Currency>\n'
        for code, (nominal, value) in rates.items()
    )
    head = f'<?xml version="1.0" encoding="windows-1251" ?>\n<CurrencyRates Name="Курсы" Date="{day:%d.%m.%Y}">'
    return f"{head}{rows}</CurrencyRates>".encode("windows-1251")


def cbu(day: date, rates: Rates) -> bytes:
    """A day at the Central Bank of Uzbekistan."""
    rows = [
        {"id": at, "Code": "000", "Ccy": code, "CcyNm_RU": "Валюта", "Nominal": nominal, "Rate": value, "Diff": "-0.5"}
        | {"Date": f"{day:%d.%m.%Y}"}
        for at, (code, (nominal, value)) in enumerate(rates.items())
    ]
    return json.dumps(rows).encode()


def nbt(day: date, rates: Rates) -> bytes:
    """A day at the National Bank of Tajikistan."""
    return _valutes(str(day), rates, "utf-8", comma=False)


def cbr(day: date, rates: Rates) -> bytes:
    """A day at the Bank of Russia."""
    return _valutes(f"{day:%d.%m.%Y}", rates, "windows-1251", comma=True)


def ecb(*days: tuple[date, Rates]) -> bytes:
    """Days at the European Central Bank, whose numbers are nominals to us."""
    cubes = "".join(
        f"<Cube time='{day}'>"
        + "".join(f"<Cube currency='{code}' rate='{units}'/>" for code, (units, _) in rates.items())
        + "</Cube>"
        for day, rates in days
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01"'
        ' xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref"><gesmes:subject>Rates</gesmes:subject>'
        f"<Cube>{cubes}</Cube></gesmes:Envelope>"
    ).encode()
