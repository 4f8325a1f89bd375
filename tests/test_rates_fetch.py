"""`aryk rates fetch` against banks on loopback: each source's documents, and everything that can be wrong with them."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st

from generator.cli.main import run
from generator.content.rates import read_rates
from generator.rates.fetch import Outcome, Places, fetch
from generator.rates.judging import judge
from generator.rates.lines import Entry, Lines, lines_of, with_rates
from generator.rates.source import Rate, Wanted
from generator.rates.sources import SOURCES
from generator.rates.web import Patience, Web, may_follow
from tests import banks
from tests.banks import Bank, Rates, Reply
from tests.conftest import tree

TODAY = date(2026, 2, 20)
YESTERDAY = TODAY - timedelta(days=1)


class Kind(NamedTuple):
    """A source as the tests know it: the path of its newest document, of one day's, and how such documents are written."""

    newest: str
    of_day: str
    write: Callable[[date, Rates], bytes]
    write_newest: Callable[[date, Rates], bytes]


def _ecb(day: date, rates: Rates) -> bytes:
    return banks.ecb((day, rates))


_CBU = "/ru/arkhiv-kursov-valyut/json/"
_NBT = "/ru/kurs/export_xml.php?date=2026-02-20&export=xmlout"
KINDS = {
    "nbk": Kind("/rss/rates_all.xml", "/rss/get_rates.cfm?fdate=20.02.2026", banks.nbk, banks.nbk_rss),
    "nbkr": Kind("/XML/daily.xml", "", banks.nbkr, banks.nbkr),
    "cbu": Kind(_CBU, f"{_CBU}all/2026-02-20/", banks.cbu, banks.cbu),
    "nbt": Kind(_NBT, _NBT, banks.nbt, banks.nbt),
    "cbr": Kind("/scripts/XML_daily.asp", "/scripts/XML_daily.asp?date_req=20/02/2026", banks.cbr, banks.cbr),
    "ecb": Kind("/stats/eurofxref/eurofxref-daily.xml", "/stats/eurofxref/eurofxref-hist-90d.xml", _ecb, _ecb),
}
WEEKLY = "/XML/weekly.xml"
ALL = pytest.mark.parametrize("name", KINDS)
WITH_PAST = pytest.mark.parametrize("name", [name for name in KINDS if KINDS[name].of_day])


def rates_of(name: str, dollar: str = "87.4500", **others: tuple[str, str]) -> Rates:
    """The rates of a day; at the European Central Bank the number is the nominal."""
    rates = {"USD": ("1", dollar), "JPY": ("100", "56.10")} | others
    return {code: (value, "1") for code, (_, value) in rates.items()} if name == "ecb" else rates


def rows(day: date, rates: Rates) -> list[str]:
    return [f"{day},{code},{nominal},{value}" for code, (nominal, value) in sorted(rates.items())]


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


class Desk:
    """Fetches from the bank of a test into a folder."""

    def __init__(self, bank: Bank, root: Path) -> None:
        self.bank, self.places, self.pauses = bank, Places(root / "content", root / ".aryk"), list[float]()
        self.places.content.mkdir()

    def fetch(
        self, name: str, first: date | None = None, last: date | None = None, *, accept: bool = False, **waits: float
    ) -> Outcome:
        web = Web(Patience(**waits), sleep=self.pauses.append)
        return fetch(name, SOURCES[name], Wanted(TODAY, first, last), self.places, web, accept=accept)

    def file(self, name: str, year: int = 2026) -> Path:
        return self.places.content / f"rates/{name}/{year}.csv"

    def lines(self, name: str, year: int = 2026) -> list[str]:
        data = self.file(name, year).read_bytes()
        assert read_rates(data, f"rates/{name}/{year}.csv")[1] == []
        return data.decode().splitlines()[1:]

    def has(self, name: str, *lines: str) -> None:
        self.file(name).parent.mkdir(parents=True, exist_ok=True)
        self.file(name).write_text("\n".join(["date,currency,nominal,value", *lines, ""]))

    def newest(self, name: str, *replies: Reply | bytes) -> None:
        """What the bank says when it is asked for the newest rates."""
        self.bank.says(KINDS[name].newest, *replies)
        if name == "nbkr":
            self.bank.says(WEEKLY, banks.nbkr(YESTERDAY, {"IDR": ("10", "0.0531")}))


@pytest.fixture
def desk(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    with Bank(authority) as bank:
        for source in SOURCES.values():
            monkeypatch.setattr(source, "ORIGIN", bank.origin)
            monkeypatch.setattr(source, "DOMAIN", "localhost")
        yield Desk(bank, tmp_path)


@ALL
def test_the_newest_rates_are_written_as_the_source_wrote_them(desk: Desk, name: str) -> None:
    rates = rates_of(name)
    desk.newest(name, KINDS[name].write_newest(TODAY, rates))
    outcome = desk.fetch(name)
    assert (outcome.failure, outcome.notes, outcome.needs_somebody) == ("", (), False)
    weekly = [f"{YESTERDAY},IDR,10,0.0531"] if name == "nbkr" else []
    assert desk.lines(name) == [*weekly, *rows(TODAY, rates)]


@ALL
def test_fetching_twice_changes_nothing(desk: Desk, name: str) -> None:
    desk.newest(name, KINDS[name].write_newest(TODAY, rates_of(name)))
    desk.fetch(name)
    before, stamp = tree(desk.places.content), desk.file(name).stat()
    outcome = desk.fetch(name)
    assert outcome.findings == ()
    assert tree(desk.places.content) == before
    assert (desk.file(name).stat().st_mtime_ns, desk.file(name).stat().st_ino) == (stamp.st_mtime_ns, stamp.st_ino)


@WITH_PAST
def test_the_rates_of_a_day_are_asked_for(desk: Desk, name: str) -> None:
    kind, rates = KINDS[name], rates_of(name)
    desk.bank.says(kind.of_day, kind.write(TODAY, rates))
    assert desk.fetch(name, TODAY, TODAY).failure == ""
    assert desk.lines(name) == rows(TODAY, rates)
    assert [path for path, _ in desk.bank.asked] == [kind.of_day]


def test_a_source_without_past_days_says_so(desk: Desk) -> None:
    outcome = desk.fetch("nbkr", YESTERDAY, YESTERDAY)
    assert outcome.notes == ("this source tells only its newest rates",)
    assert (outcome.failure, desk.bank.asked) == ("", [])


def test_all_days_since_one_are_asked_for_over_one_connection(desk: Desk) -> None:
    first = date(2025, 12, 30)
    for past in range(53):
        day = first + timedelta(days=past)
        standing = day - timedelta(days=max(0, day.weekday() - 4))  # on weekends the document of Friday
        path = f"/scripts/XML_daily.asp?date_req={day:%d/%m/%Y}"
        desk.bank.says(path, banks.cbr(standing, rates_of("cbr", f"80.{day.month:02}")))
    assert desk.fetch("cbr", first).failure == ""
    assert [line[:14] for line in desk.lines("cbr", 2025)] == [
        f"{day},{code}" for day in ("2025-12-30", "2025-12-31") for code in ("JPY", "USD")
    ]
    assert len(desk.lines("cbr")) == 2 * 37
    assert (len(desk.bank.asked), desk.bank.connections) == (53, 1)


def test_a_document_of_another_day_is_taken_for_what_it_says(desk: Desk) -> None:
    """The National Bank of Tajikistan answers with today's rates for a day that it does not have."""
    desk.bank.says("/ru/kurs/export_xml.php?date=1999-01-01&export=xmlout", banks.nbt(TODAY, rates_of("nbt")))
    outcome = desk.fetch("nbt", date(1999, 1, 1), date(1999, 1, 1))
    assert outcome.notes == ("there are no rates of the days that were asked for",)
    assert not desk.file("nbt").exists()


def test_a_day_without_rates_is_no_failure(desk: Desk) -> None:
    desk.bank.says(KINDS["nbk"].of_day, banks.nbk(TODAY, {}))
    outcome = desk.fetch("nbk", TODAY, TODAY)
    assert (outcome.failure, outcome.notes) == ("", ("there are no rates of the days that were asked for",))


@pytest.mark.parametrize(
    ("first", "span"), [(None, "daily"), (1, "hist-90d"), (77, "hist-90d"), (78, "hist"), (900, "hist")]
)
def test_the_european_central_bank_is_asked_for_its_shortest_document(desk: Desk, first: int | None, span: str) -> None:
    day = None if first is None else TODAY - timedelta(days=first)
    assert list(SOURCES["ecb"].paths(Wanted(TODAY, day))) == [f"/stats/eurofxref/eurofxref-{span}.xml"]


def test_the_week_before_a_day_is_taken_along_and_nothing_else(desk: Desk) -> None:
    days = [TODAY - timedelta(days=past) for past in (12, 11, 10, 3, 2)]
    desk.bank.says(KINDS["ecb"].of_day, banks.ecb(*((day, {"USD": ("1.16", "1")}) for day in days)))
    sunday = TODAY - timedelta(days=4)
    desk.fetch("ecb", sunday, sunday)
    assert [line[:10] for line in desk.lines("ecb")] == [str(days[1]), str(days[2])]


WRONG: dict[str, Callable[[bytes], bytes]] = {
    "a web page": lambda good: b"<!DOCTYPE html>\n<html><head><title>Bank</title></head><body>Works</body></html>",
    "a web page without a type": lambda good: b"<html><body><p>Come back later<br></body></html>",
    "nothing": lambda good: b"",
    "a truncated body": lambda good: good[: len(good) * 2 // 3],
    "another document": lambda good: b'<?xml version="1.0"?><feed><entry/></feed>',
    "bytes": lambda good: bytes(range(256)),
    "a list of something else": lambda good: b'[{"Ccy": "USD"}]',
    "an entity": lambda good: b'<!DOCTYPE r [<!ENTITY a "aaaaaaaa">]>' + good.partition(b"?>")[2],
    "a file of the system": lambda good: b'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><r>&a;</r>',
    "a value that is a word": lambda good: good.replace(b"87.4500", b"n/a").replace(b"87,4500", b"n/a"),
    "a negative value": lambda good: good.replace(b"87.4500", b"-87.45").replace(b"87,4500", b"-87,45"),
    "a value with a space": lambda good: good.replace(b"87.4500", b"1 087.45").replace(b"87,4500", b"1 087,45"),
    "a code that is none": lambda good: good.replace(b"USD", b"Dollar"),
    "no date": lambda good: good.replace(b"20.02.2026", b"").replace(b"2026-02-20", b""),
    "a date that is none": lambda good: good.replace(b"20.02.2026", b"30.02.2026").replace(
        b"2026-02-20", b"2026-02-30"
    ),
    "a date in the future": lambda good: good.replace(b"2026", b"2062"),
    "a date long ago": lambda good: good.replace(b"2026", b"0026"),
    "no currencies": lambda good: good.replace(b"USD", b"").replace(b"JPY", b""),
}


@ALL
@pytest.mark.parametrize("wrong", WRONG)
def test_a_document_that_is_not_as_it_should_be_leaves_the_files_as_they_were(
    desk: Desk, name: str, wrong: str
) -> None:
    desk.has(name, "2026-02-19,USD,1,87.0000" if name != "ecb" else "2026-02-19,USD,87.0000,1")
    before = desk.file(name).read_bytes()
    desk.newest(name, WRONG[wrong](KINDS[name].write_newest(TODAY, rates_of(name))))
    outcome = desk.fetch(name)
    assert outcome.failure.startswith(desk.bank.origin + KINDS[name].newest)
    assert outcome.needs_somebody
    assert desk.file(name).read_bytes() == before
    assert [path.name for path in desk.file(name).parent.iterdir()] == ["2026.csv"]


@ALL
def test_an_empty_list_is_told(desk: Desk, name: str) -> None:
    desk.newest(name, KINDS[name].write_newest(TODAY, {}))
    assert "no rates in the document" in desk.fetch(name).failure
    assert not desk.file(name).exists()


FIELDS = {
    "nbk": (b"<quant>1</quant>", b"", "the <quant> of USD is missing"),
    "nbkr": (b"<Nominal>1</Nominal>", b"<Nominal>one</Nominal>", "the <Nominal> of USD is “one”, no number"),
    "cbu": (b'"Rate": "87.4500"', b'"Rate": 87.45', "Expected `str`, got `float` - at `$[0].Rate`"),
    "nbt": (b"<Value>87.4500</Value>", b"<Wert>87.4500</Wert>", "the <Value> of USD is missing"),
    "cbr": (b"<Value>87,4500</Value>", b"<Value>87,45,00</Value>", "the <Value> of USD is “87,45,00”, no number"),
    "ecb": (b"rate='87.4500'", b"kurs='87.4500'", "the attribute rate of USD of 2026-02-20 is missing"),
}


@ALL
def test_the_field_that_is_wrong_is_named(desk: Desk, name: str) -> None:
    good, (old, new, said) = KINDS[name].write_newest(TODAY, rates_of(name)), FIELDS[name]
    assert old in good
    desk.newest(name, good.replace(old, new, 1))
    assert said in desk.fetch(name).failure


@pytest.mark.parametrize("name", ["nbk", "nbt"])
def test_another_encoding_than_the_document_says_is_told(desk: Desk, name: str) -> None:
    good = KINDS[name].write_newest(TODAY, rates_of(name)).replace(b"<title>USD", "<!-- Доллар --><title>USD".encode())
    desk.newest(name, good.decode().encode("windows-1251"))
    assert "not the XML that it was" in desk.fetch(name).failure
    desk.newest(name, good.replace(b"utf-8", b"x-none"))
    assert "encoding" in desk.fetch(name).failure


@pytest.mark.parametrize("name", ["nbkr", "cbr"])
def test_names_in_another_encoding_harm_no_number(desk: Desk, name: str) -> None:
    good = KINDS[name].write_newest(TODAY, rates_of(name))
    desk.newest(name, good.decode("windows-1251").encode())
    assert desk.fetch(name).failure == ""


@ALL
def test_a_zero_is_held_back_and_nobody_can_accept_it(desk: Desk, name: str) -> None:
    desk.newest(name, KINDS[name].write_newest(TODAY, rates_of(name, "0.0000")))
    for accept in (False, True):
        outcome = desk.fetch(name, accept=accept)
        assert [(one.kind, one.rate.currency) for one in outcome.findings if one.kind != "new"] == [("zero", "USD")]
        assert outcome.needs_somebody
    assert not any("USD" in line for line in desk.lines(name))


@ALL
@pytest.mark.parametrize("dollar", ["87450", "0.08745", "262.35"])
def test_a_leap_is_held_back_until_somebody_accepts_it(desk: Desk, name: str, dollar: str) -> None:
    yesterday = rows(YESTERDAY, rates_of(name))
    desk.has(name, *yesterday)
    rates = rates_of(name, dollar)
    desk.newest(name, KINDS[name].write_newest(TODAY, rates))
    outcome = desk.fetch(name)
    assert [one.rate.currency for one in outcome.findings if one.kind == "strange"] == ["USD"]
    assert rows(TODAY, rates)[1] not in desk.lines(name)
    assert rows(TODAY, rates)[0] in desk.lines(name)
    assert not desk.fetch(name, accept=True).needs_somebody
    assert rows(TODAY, rates)[1] in desk.lines(name)
    assert desk.fetch(name).findings == ()


def test_less_than_a_leap_is_believed_and_leaps_are_seen_over_the_turn_of_the_year(desk: Desk) -> None:
    desk.newest("cbu", banks.cbu(date(2026, 1, 5), {"USD": ("1", "12000"), "EUR": ("1", "1200")}))
    file = desk.file("cbu", 2025)
    file.parent.mkdir(parents=True)
    file.write_text("date,currency,nominal,value\n2025-12-30,USD,1,4001\n2025-12-30,EUR,1,12000\n")
    outcome = desk.fetch("cbu")
    assert {one.rate.currency: one.kind for one in outcome.findings} == {"USD": "new", "EUR": "strange"}


def test_another_nominal_is_no_leap(desk: Desk) -> None:
    desk.has("cbr", "2026-02-19,UZS,10000,66.10")
    desk.newest("cbr", banks.cbr(TODAY, {"UZS": ("1000", "6.61")}))
    assert desk.fetch("cbr").count("new") == 1


def test_what_leaps_back_is_compared_with_what_was_believed(desk: Desk) -> None:
    desk.has("cbr", "2026-02-17,USD,1,80")
    for day, dollar in ((18, "8000"), (19, "81"), (20, "82")):
        path = f"/scripts/XML_daily.asp?date_req={day}/02/2026"
        desk.bank.says(path, banks.cbr(date(2026, 2, day), {"USD": ("1", dollar)}))
    outcome = desk.fetch("cbr", date(2026, 2, 18))
    assert [one.kind for one in outcome.findings] == ["strange", "new", "new"]


def test_what_was_just_believed_is_what_the_next_day_is_compared_with(desk: Desk) -> None:
    """A currency may lose much in many days, as long as it does not leap."""
    desk.has("cbr", "2026-02-17,USD,1,80", "2026-02-18,USD,1,81")
    for day, dollar in ((18, "200"), (19, "500"), (20, "1200")):
        path = f"/scripts/XML_daily.asp?date_req={day}/02/2026"
        desk.bank.says(path, banks.cbr(date(2026, 2, day), {"USD": ("1", dollar)}))
    outcome = desk.fetch("cbr", date(2026, 2, 18))
    assert [one.kind for one in outcome.findings] == ["corrected", "new", "new"]


def test_fetches_at_the_same_time_lose_nothing(desk: Desk) -> None:
    days = [TODAY - timedelta(days=past) for past in range(8)]
    for day in days:
        desk.bank.says(f"/ru/kurs/export_xml.php?date={day}&export=xmlout", banks.nbt(day, rates_of("nbt")))
    with ThreadPoolExecutor(len(days)) as threads:
        outcomes = list(threads.map(lambda day: desk.fetch("nbt", day, day), days))
    assert [one.failure for one in outcomes] == [""] * len(days)
    assert len(desk.lines("nbt")) == 2 * len(days)


def test_a_currency_of_two_documents_is_that_of_the_first(desk: Desk) -> None:
    desk.newest("nbkr", banks.nbkr(TODAY, {"USD": ("1", "87.4500")}))
    desk.bank.says(WEEKLY, banks.nbkr(TODAY, {"USD": ("1", "87.0000"), "IDR": ("10", "0.0531")}))
    for _ in range(2):
        assert desk.fetch("nbkr").count("corrected") == 0
    assert desk.lines("nbkr") == ["2026-02-20,IDR,10,0.0531", "2026-02-20,USD,1,87.4500"]


def test_a_corrected_rate_is_corrected_and_told(desk: Desk) -> None:
    desk.has("nbt", "2026-02-20,USD,1,9.2800")
    desk.newest("nbt", banks.nbt(TODAY, {"USD": ("1", "9.2900")}))
    outcome = desk.fetch("nbt")
    assert [(one.kind, one.before) for one in outcome.findings] == [
        ("corrected", Rate("2026-02-20", "USD", "1", "9.2800"))
    ]
    assert desk.lines("nbt") == ["2026-02-20,USD,1,9.2900"]


def test_the_same_number_written_otherwise_is_left_as_a_person_wrote_it(desk: Desk) -> None:
    desk.has("nbt", "2026-02-20,USD,1,9.28")
    desk.newest("nbt", banks.nbt(TODAY, {"USD": ("1", "9.2800")}))
    assert desk.fetch("nbt").findings == ()
    assert desk.lines("nbt") == ["2026-02-20,USD,1,9.28"]


def test_comments_stay_with_their_lines_and_hold_them(desk: Desk) -> None:
    kept = ["# the bank's own mistake, see its letter of 21 February", "2026-02-20,USD,1,9.2811"]
    desk.has("nbt", *kept, "", "2026-02-18,USD,1,9.2700", "# the end")
    desk.newest("nbt", banks.nbt(TODAY, {"USD": ("1", "9.2800"), "EUR": ("1", "10.9000")}))
    outcome = desk.fetch("nbt")
    assert {one.rate.currency: one.kind for one in outcome.findings} == {"USD": "kept", "EUR": "new"}
    assert not outcome.needs_somebody
    assert desk.lines("nbt") == ["", "2026-02-18,USD,1,9.2700", "2026-02-20,EUR,1,10.9000", *kept, "# the end"]


def test_windows_line_ends_and_permissions_stay(desk: Desk) -> None:
    desk.has("nbt", "2026-02-18,USD,1,9.2700")
    file = desk.file("nbt")
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    file.chmod(0o640)
    desk.newest("nbt", banks.nbt(TODAY, {"USD": ("1", "9.2800")}))
    desk.fetch("nbt")
    assert file.read_bytes().count(b"\r\n") == file.read_bytes().count(b"\n") == 3
    assert file.stat().st_mode & 0o777 == 0o640


def test_a_file_with_a_mistake_is_left_to_its_author(desk: Desk) -> None:
    desk.has("nbt", "2026-02-18,USD,1,9,27")
    before = desk.file("nbt").read_bytes()
    desk.newest("nbt", banks.nbt(TODAY, {"USD": ("1", "9.2800")}))
    assert "rates/nbt/2026.csv:2:1: there are 5 fields" in desk.fetch("nbt").failure
    assert desk.file("nbt").read_bytes() == before


def test_an_unknown_currency_is_left_out_and_told_and_the_home_currency_is_left_out(desk: Desk) -> None:
    desk.newest("nbt", banks.nbt(TODAY, {"QQQ": ("1", "1.0000"), "TJS": ("1", "1.0000"), "USD": ("1", "9.2800")}))
    outcome = desk.fetch("nbt")
    assert outcome.notes == ("left out what is no currency that is known here: QQQ",)
    assert not outcome.needs_somebody
    assert desk.lines("nbt") == ["2026-02-20,USD,1,9.2800"]


def test_two_rates_of_a_day_are_told_and_the_same_one_twice_is_one(desk: Desk) -> None:
    row = '{"Ccy": "USD", "Nominal": "1", "Rate": "12010.55", "Date": "20.02.2026"}'
    desk.newest("cbu", f"[{row}, {row}]".encode())
    assert desk.fetch("cbu").failure == ""
    desk.newest("cbu", f"[{row}, {row.replace('55', '66')}]".encode())
    assert "USD has two rates of 2026-02-20: 1 for 12010.55 and 1 for 12010.66" in desk.fetch("cbu").failure
    assert desk.lines("cbu") == ["2026-02-20,USD,1,12010.55"]


def test_what_was_read_before_a_failure_is_kept(desk: Desk) -> None:
    desk.newest("nbkr", banks.nbkr(TODAY, {"USD": ("1", "87.4500")}))
    desk.bank.says(WEEKLY, b"<html>")
    outcome = desk.fetch("nbkr")
    assert outcome.failure.startswith(desk.bank.origin + WEEKLY)
    assert desk.lines("nbkr") == ["2026-02-20,USD,1,87.4500"]


def good() -> bytes:
    return banks.cbr(TODAY, {"USD": ("1", "80.1200")})


def not_written(desk: Desk, outcome: Outcome, said: str) -> None:
    assert said in outcome.failure
    assert not desk.file("cbr").exists()


AGAIN = {
    "429": Reply(status=429, headers={"Retry-After": "7"}),
    "500": Reply(b"<html>", 500),
    "503": Reply(status=503, headers={"Retry-After": "Fri, 20 Feb 2026 08:00:00 GMT"}),
    "cut": Reply(good()[:50], length=5000),
}


@pytest.mark.parametrize("fault", AGAIN)
def test_who_fails_at_first_is_asked_again(desk: Desk, fault: str) -> None:
    desk.newest("cbr", AGAIN[fault], good())
    assert desk.fetch("cbr").failure == ""
    assert desk.pauses == [7.0 if fault == "429" else 1.0]
    assert desk.lines("cbr") == ["2026-02-20,USD,1,80.1200"]


@pytest.mark.parametrize(
    ("fault", "said"), [("429", "429"), ("500", "500"), ("503", "503"), ("cut", "does not answer as")]
)
def test_who_always_fails_is_asked_three_times(desk: Desk, fault: str, said: str) -> None:
    desk.newest("cbr", AGAIN[fault])
    not_written(desk, desk.fetch("cbr"), said)
    assert len(desk.bank.asked) == 3
    assert desk.pauses == ([7.0, 7.0] if fault == "429" else [1.0, 4.0])


def test_who_wants_us_to_wait_for_an_hour_is_left_alone(desk: Desk) -> None:
    desk.newest("cbr", Reply(status=503, headers={"Retry-After": "3600"}))
    not_written(desk, desk.fetch("cbr"), "answers 503")
    assert desk.pauses == []


def test_who_does_not_answer_is_not_waited_for(desk: Desk) -> None:
    desk.newest("cbr", Reply(good(), hangs=True))
    not_written(desk, desk.fetch("cbr", piece=0.05), "does not answer as it should")


def test_who_answers_byte_by_byte_is_not_waited_for(desk: Desk) -> None:
    desk.newest("cbr", Reply(good(), drips=True))
    not_written(desk, desk.fetch("cbr", whole=0.1), "takes more than 0.1 seconds")


def test_a_gigantic_answer_is_not_read_to_its_end(desk: Desk) -> None:
    desk.newest("cbr", Reply(floods=True))
    not_written(desk, desk.fetch("cbr"), "answers with more than 2,000,000 bytes")


def test_a_packed_answer_that_nobody_asked_for_is_refused(desk: Desk) -> None:
    desk.newest("cbr", Reply(good(), headers={"Content-Encoding": "gzip"}))
    not_written(desk, desk.fetch("cbr"), "the encoding gzip")


def test_who_is_not_there_is_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SOURCES["cbr"], "ORIGIN", "https://localhost:1")
    not_written(desk, desk.fetch("cbr"), "localhost does not answer as it should")
    desk.newest("nbt", banks.nbt(TODAY, rates_of("nbt")))
    assert desk.fetch("nbt").failure == ""


def test_who_cannot_prove_to_be_the_bank_is_not_believed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with Bank(trustme.CA()) as stranger:
        stranger.says(KINDS["cbr"].newest, good())
        monkeypatch.setattr(SOURCES["cbr"], "ORIGIN", stranger.origin)
        not_written(desk, desk.fetch("cbr"), "cannot prove that it is itself")
        assert stranger.asked == []
    assert desk.pauses == []


def test_a_redirect_in_the_house_is_followed(desk: Desk) -> None:
    desk.newest("cbr", Reply(status=301, headers={"Location": "/elsewhere.xml"}))
    desk.bank.says("/elsewhere.xml", good())
    assert desk.fetch("cbr").failure == ""


@pytest.mark.parametrize(
    "location",
    [
        "http://localhost/a.xml",
        "https://example.org/",
        "https://evil-localhost/",
        "//example.org/",
        "",
        "https://[",
        "file:///etc/passwd",
    ],
)
def test_a_redirect_to_a_stranger_is_not_followed(desk: Desk, location: str) -> None:
    desk.newest("cbr", Reply(status=302, headers={"Location": location}))
    not_written(desk, desk.fetch("cbr"), "which is not a host of localhost over https")


def test_redirects_in_a_circle_end(desk: Desk) -> None:
    desk.newest("cbr", Reply(status=302, headers={"Location": KINDS["cbr"].newest}))
    not_written(desk, desk.fetch("cbr"), "sends on more than 3 times")


@pytest.mark.parametrize(
    ("url", "may"),
    [
        ("https://cbr.ru/a", True),
        ("https://www.cbr.ru:8443/a", True),
        ("https://WWW.CBR.RU/", True),
        ("http://www.cbr.ru/", False),
        ("https://notcbr.ru/", False),
        ("https://cbr.ru.example.org/", False),
        ("https://cbr.ru@example.org/", False),
        ("https://me@cbr.ru/", False),
        ("ftp://cbr.ru/", False),
    ],
)
def test_only_hosts_of_the_domain_over_tls_may_answer(url: str, may: bool) -> None:
    assert may_follow(url, "cbr.ru") is may


VALIDATED = {"ETag": '"a-1"', "Last-Modified": "Fri, 20 Feb 2026 06:00:00 GMT"}


def test_a_document_that_is_still_the_same_is_not_sent_again_and_counts_all_the_same(desk: Desk) -> None:
    """A file that was lost meanwhile is written anew of what is remembered."""
    desk.newest("cbr", Reply(good(), headers=VALIDATED), Reply(status=304))
    desk.fetch("cbr")
    before = desk.file("cbr").read_bytes()
    desk.file("cbr").unlink()
    assert desk.fetch("cbr").failure == ""
    assert desk.file("cbr").read_bytes() == before
    conditions = [{name: sent[name] for name in sent if name.startswith("If-")} for _, sent in desk.bank.asked]
    assert conditions == [{}, {"If-None-Match": '"a-1"', "If-Modified-Since": "Fri, 20 Feb 2026 06:00:00 GMT"}]


def test_what_was_held_back_can_be_accepted_when_the_document_is_still_the_same(desk: Desk) -> None:
    desk.has("cbr", "2026-02-19,USD,1,8.0100")
    desk.newest("cbr", Reply(good(), headers=VALIDATED), Reply(status=304))
    assert desk.fetch("cbr").needs_somebody
    assert desk.fetch("cbr", accept=True).count("new") == 1


def test_a_document_that_could_not_be_read_is_asked_for_again(desk: Desk) -> None:
    desk.newest("cbr", Reply(b"<html>", headers=VALIDATED), good())
    assert desk.fetch("cbr").failure
    assert desk.fetch("cbr").failure == ""
    assert not any(name.startswith("If-") for _, sent in desk.bank.asked for name in sent)


def test_not_modified_without_having_asked_is_an_answer_like_any_other(desk: Desk) -> None:
    desk.newest("cbr", Reply(status=304))
    not_written(desk, desk.fetch("cbr"), "answers 304")


def test_a_damaged_memory_costs_a_document(desk: Desk) -> None:
    desk.newest("cbr", Reply(good(), headers=VALIDATED))
    desk.fetch("cbr")
    (desk.places.store / "rates" / "cbr-0").write_bytes(b"\xc1damaged")
    desk.file("cbr").unlink()
    assert desk.fetch("cbr").failure == ""
    assert desk.lines("cbr") == ["2026-02-20,USD,1,80.1200"]


DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 12)).map(str)
RATE = st.builds(
    Rate,
    DAYS,
    st.sampled_from(["USD", "EUR"]),
    st.sampled_from(["1", "100"]),
    st.decimals("0.1", "9", places=4).map(str),
)
COMMENT = st.lists(st.sampled_from(["", "# a comment", "# 2026-01-01,USD,1,1"]), max_size=3).map(tuple)


@given(
    st.lists(st.builds(Entry, RATE, COMMENT), unique_by=lambda one: (one.rate.date, one.rate.currency)),
    st.lists(RATE),
    COMMENT,
)
def test_lines_of_a_person_survive_every_edit(entries: list[Entry], rates: list[Rate], end: tuple[str, ...]) -> None:
    head = ("# of a person", "date,currency,nominal,value")
    written = [
        line
        for one in entries
        for line in (*one.above, ",".join((one.rate.date, one.rate.currency, one.rate.nominal, one.rate.value)))
    ]
    lines = lines_of("\n".join([*head, *written, *end, ""]), "\n")
    assert sorted(lines.entries, key=lambda one: one.rate) == sorted(entries, key=lambda one: one.rate)
    edited = with_rates(lines, rates)
    text = edited.text()
    assert lines_of(text, "\n").text() == text
    found = {(one.rate.date, one.rate.currency): one for one in edited.entries}
    for one in entries:
        assert found[one.rate.date, one.rate.currency].above == one.above
    last = {(rate.date, rate.currency): rate for rate in rates}
    assert {key: one.rate for key, one in found.items()} == {
        (one.rate.date, one.rate.currency): one.rate for one in entries
    } | last
    assert with_rates(edited, last.values()).text() == text
    file, problems = read_rates(text.encode(), "rates/nbt/2026.csv")
    assert problems == []
    assert file is not None
    assert sum(len(column.days) for column in file.columns) == len(found)


@given(
    st.lists(st.builds(Entry, RATE, COMMENT), unique_by=lambda one: (one.rate.date, one.rate.currency)),
    st.lists(RATE, unique_by=lambda one: (one.date, one.currency)),
)
def test_judging_twice_finds_nothing_more(entries: list[Entry], rates: list[Rate]) -> None:
    lines = Lines(entries=tuple(entries))
    first = judge(lines.entries, rates, accept=False)
    lines = with_rates(lines, [one.rate for one in first if one.is_written])
    second = judge(lines.entries, rates, accept=False)
    assert [one.rate for one in second] == [one.rate for one in first if not one.is_written]
    assert not any(one.is_written for one in second)


def test_a_past_that_leads_to_the_present_in_small_steps_is_believed() -> None:
    known = [Entry(Rate("2026-01-03", "USD", "1", "4"))]
    found = judge(known, [Rate("2026-01-01", "USD", "1", "1"), Rate("2026-01-02", "USD", "1", "2")], accept=False)
    assert [one.kind for one in found] == ["new", "new"]


def command(desk: Desk, *words: str) -> int:
    return run(["rates", "fetch", "--content", str(desk.places.content), "--now", "2026-02-20 07:36", *words])


def test_the_command_tells_what_it_did_and_goes_on_where_a_source_fails(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.has("cbu", "2026-02-19,USD,1,12000.00")
    desk.newest("cbr", b"<html>")
    desk.newest("cbu", banks.cbu(TODAY, {"USD": ("1", "12.01")}))
    desk.newest("nbt", banks.nbt(TODAY, rates_of("nbt")))
    words = ("--source", "cbr", "--source", "cbu", "--source", "nbt")
    assert command(desk, *words) == 1
    said = capsys.readouterr()
    assert said.out == "cbu: nothing new\nnbt: 2 new\n"
    assert "cbr: failed, its files are as they were: https://localhost:" in said.err
    assert "aryk rates fetch --source cbu --date 2026-02-20 --accept" in said.err
    desk.bank.says(KINDS["cbu"].of_day, banks.cbu(TODAY, {"USD": ("1", "12.01")}))
    assert command(desk, "--source", "cbu", "--date", "2026-02-20", "--accept") == 0
    assert capsys.readouterr().out == "cbu: 1 new\n"
    assert desk.lines("cbu") == ["2026-02-19,USD,1,12000.00", "2026-02-20,USD,1,12.01"]


def test_what_a_stranger_says_does_not_reach_the_terminal_as_an_order(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.newest("cbu", banks.cbu(TODAY, {"USD": ("1", "\x1b[2J\n")}))
    assert command(desk, "--source", "cbu") == 1
    said = capsys.readouterr().err
    assert "the Rate of USD is “[2J" in said
    assert "\x1b" not in said


def test_the_command_asks_all_sources(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    for name, kind in KINDS.items():
        desk.newest(name, kind.write_newest(TODAY, rates_of(name)))
    assert command(desk) == 0
    assert sorted(path.parent.name for path in desk.places.content.rglob("*.csv")) == sorted(SOURCES)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    "words", [("--source", "abc"), ("--date", "20.02.2026"), ("--date", "2026-02-20", "--since", "2026-02-20")]
)
def test_the_command_refuses_what_it_does_not_know(desk: Desk, words: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as stopped:
        command(desk, *words)
    assert stopped.value.code == 2


def test_the_command_needs_a_portal(tmp_path: Path) -> None:
    assert run(["rates", "fetch", "--content", str(tmp_path / "none")]) == 2
