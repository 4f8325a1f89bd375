"""`rates` of `site.yaml`: which pairs of currencies are shown where, and whose rates they are."""

import re

from msgspec import Struct

from generator.fields.values import Value
from generator.settings.currencies import CURRENCIES, HOME

STALE_AFTER = 5
"""Days after which a rate that nothing followed is marked as stale: a weekend and a long holiday are shorter."""
_PAIR = re.compile(r"[A-Za-z]{3}/[A-Za-z]{3}")
_EXAMPLE = "KGS/USD is what one som costs in dollars"


class Quote(Struct, frozen=True, gc=False, array_like=True):
    """What one unit of a currency costs in another, by a source: KGS/USD is the price of one som in dollars."""

    unit: str
    money: str
    source: str

    @property
    def name(self) -> str:
        """The pair as readers know it."""
        return f"{self.unit}/{self.money}"


class Rates(Struct, frozen=True, gc=False):
    """The rates of a portal: the pairs of the table and of the ticker, the currencies that have pages, the source of all
    that names no other, the days after which a rate is stale."""

    source: str
    pairs: tuple[Quote, ...] = ()
    ticker: tuple[Quote, ...] = ()
    currencies: tuple[str, ...] = ()
    stale_after: int = STALE_AFTER

    @property
    def home(self) -> str:
        """The currency in which the main source counts."""
        return HOME[self.source]

    def quote(self, unit: str, money: str) -> Quote:
        """A pair with its source: that which the portal chose for it, in whichever direction, or the main one."""
        both = {unit, money}
        chosen = (one.source for one in (*self.pairs, *self.ticker) if {one.unit, one.money} == both)
        return Quote(unit, money, next(chosen, self.source))


def read_rates_settings(value: Value) -> Rates | None:
    """The rates of a portal; None where it has no source or no pairs."""
    fields = value.fields("{source: nbkr, pairs: [USD/KGS, EUR/KGS]}")
    if fields is None:
        return None
    source, listed = (
        fields.need("source", f"add a line `source: …`, one of {', '.join(sorted(HOME))}"),
        fields.need("pairs"),
    )
    ticker, currencies, stale = fields.get("ticker"), fields.get("currencies"), fields.get("stale_after")
    main = (source.choice(tuple(HOME)) if source else None) or ""
    pairs = _quotes(listed, main, {}) if listed else ()
    chosen = {frozenset((one.unit, one.money)): one.source for one in pairs}
    shown = _quotes(ticker, main, chosen) if ticker else pairs
    rates = Rates(
        main,
        pairs,
        shown,
        _currencies(currencies) if currencies else _named(*pairs, *shown),
        (stale.integer(1, 366) if stale else None) or STALE_AFTER,
    )
    fields.done()
    return rates if main and pairs else None


def _quotes(value: Value, main: str, chosen: dict[frozenset[str], str]) -> tuple[Quote, ...]:
    """The pairs of a list, in its order; `chosen` are sources that were named for them before."""
    found: dict[str, Quote] = {}
    for item in value.items():
        fields = item.fields() if item.is_map else None
        pair = fields.need("pair") if fields else item
        named = fields.get("source") if fields else None
        currencies = _pair(pair) if pair else None
        source = (named.choice(tuple(HOME)) if named else None) or ""
        if fields:
            fields.done()
        if pair is None or currencies is None:
            continue
        quote = Quote(*currencies, source or chosen.get(frozenset(currencies), main))
        if quote.name in found:
            pair.wrong(f"the pair {quote.name} stands here twice", "keep one")
        found[quote.name] = quote
    return tuple(found.values())


def _pair(value: Value) -> tuple[str, str] | None:
    text = value.word(_PAIR, "pair of currencies", _EXAMPLE)
    if text is None:
        return None
    unit, _, money = text.partition("/")
    if not all(_is_known(value, code) for code in (unit, money)):
        return None
    return (unit, money) if unit != money else value.wrong(f"both currencies of “{text}” are the same", _EXAMPLE)


def _is_known(value: Value, code: str) -> bool:
    if code in CURRENCIES:
        return True
    meant = code.upper()
    hint = f"did you mean “{meant}”?" if meant in CURRENCIES else "write a code of ISO 4217, such as USD"
    value.wrong(f"the currency “{code}” is not known", hint)
    return False


def _currencies(value: Value) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for item in value.items():
        code = item.text()
        if code is not None and _is_known(item, code):
            if code in found:
                item.wrong(f"the currency {code} stands here twice", "keep one")
            found[code] = None
    return tuple(found)


def _named(*quotes: Quote) -> tuple[str, ...]:
    """All currencies of some pairs, in the order in which they are named."""
    return tuple(dict.fromkeys(code for quote in quotes for code in (quote.unit, quote.money)))
