"""The words of one language: the theme's strings with their plural forms, dates, numbers and names by Babel."""

from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_datetime, get_day_names
from babel.numbers import format_decimal, format_percent

from generator.fields.moments import local_time
from generator.theme.strings import Strings

_LOCALES = {"zh": "zh_Hans", "en": "en_GB", "uz": "uz_Latn", "kk": "kk", "ky": "ky", "tg": "tg", "tk": "tk", "ru": "ru"}
_TAGS = {"zh": "zh-Hans"}
_TERRITORIES = {"ru": "RU", "en": "US", "kk": "KZ", "ky": "KG", "uz": "UZ", "tg": "TJ", "tk": "TM", "zh": "CN"}
_DEFAULT = {
    "long": "d MMMM y",
    "short": "d MMM y",
    "weekday": "EEEE, d MMMM y",
    "month": "LLLL y",
    "day": "d MMM",
    "moon": "LLL",
    "year": "y",
    "of month": "d",
    "to month": "d MMMM y",
    "of year": "d MMMM",
    "to year": "d MMMM y",
}
_PATTERNS = {  # where the order of words is the language's own (CLDR's `long` ends in an abbreviation or a mark)
    "kk": {
        "long": "y 'ж'. d MMMM",
        "weekday": "y 'ж'. d MMMM, EEEE",
        "short": "y 'ж'. d MMM",
        "month": "y 'ж'. LLLL",
        "of month": "y 'ж'. d",
        "to month": "d MMMM",
        "of year": "y 'ж'. d MMMM",
        "to year": "d MMMM",
    },
    "ky": {
        "long": "y-'ж'., d-MMMM",
        "weekday": "y-'ж'., d-MMMM, EEEE",
        "short": "y-'ж'., d-MMM",
        "month": "y-'ж'., LLLL",
        "day": "d-MMM",
        "of month": "y-'ж'., d",
        "to month": "d-MMMM",
        "of year": "y-'ж'., d-MMMM",
        "to year": "d-MMMM",
    },
    "uz": {
        "long": "d-MMMM, y",
        "weekday": "EEEE, d-MMMM, y",
        "short": "d-MMM, y",
        "day": "d-MMM",
        "to month": "d-MMMM, y",
        "of year": "d-MMMM",
        "to year": "d-MMMM, y",
    },
    "zh": {
        "long": "y年M月d日",
        "weekday": "y年M月d日 EEEE",
        "short": "y年M月d日",
        "month": "y年M月",
        "day": "M月d日",
        "moon": "M月",
        "of month": "y年M月d日",
        "to month": "d日",
        "of year": "y年M月d日",
        "to year": "M月d日",
    },
}
_JOINTS = {"zh": ("至", "至")}
"""What stands between two days of one month, and between others."""
_MOMENTS_KEPT = 20_000


class Words:
    """What a language says; a key that the theme's strings lack raises KeyError."""

    def __init__(self, language: str, strings: Strings, time_zone: str) -> None:
        self.language, self.strings, self.zone = language, strings, ZoneInfo(time_zone)
        self.locale = Locale.parse(_LOCALES[language])
        self._patterns = _DEFAULT | _PATTERNS.get(language, {})
        self._dates: dict[tuple[str, str], str] = {}
        self._counts: dict[int, tuple[str, str]] = {}
        self.iso = lru_cache(maxsize=_MOMENTS_KEPT)(self._iso)

    def t(self, key: str, **values: object) -> str:
        """A string with its placeholders filled."""
        text = self.strings[key]
        if not isinstance(text, str):
            raise KeyError(f"{key} has plural forms: use n()")
        return text.format(**values) if values else text

    def n(self, key: str, count: int, **values: object) -> str:
        """A counted string in the plural form that the language has for `count`."""
        if count not in self._counts:
            self._counts[count] = (str(self.locale.plural_form(count)), self.number(count))
        form, shown = self._counts[count]
        forms = self.strings[key]
        text = forms if isinstance(forms, str) else forms.get(form) or forms["other"]
        return text.format(count=shown, **values)

    def local(self, moment: int) -> datetime:
        """A moment in the site's time zone."""
        return datetime.fromtimestamp(moment, self.zone)

    def date(self, moment: int, form: str = "long") -> str:
        """A date: `long`, `short`, `weekday`, `month` with its year, `day` without; or of it `moon` or `year` alone."""
        key = (self.iso(moment)[:10], form)
        found = self._dates.get(key)
        if found is None:
            found = str(format_datetime(self.local(moment), self._patterns[form], locale=self.locale))
            self._dates[key] = found
        return found

    def span(self, first: int, last: int) -> str:
        """The days from one moment to another: `16–22 February 2026`; what both have alike is said once."""
        begin, end = self.local(first), self.local(last)
        near, far = _JOINTS.get(self.language, ("–", "\u00a0– "))
        if (begin.year, begin.month, begin.day) == (end.year, end.month, end.day):
            return self.date(first)
        if begin.year != end.year:
            return f"{self.date(first)}{far}{self.date(last)}"
        kind, joint = ("month", near) if begin.month == end.month else ("year", far)
        return f"{self.date(first, f'of {kind}')}{joint}{self.date(last, f'to {kind}')}"

    def time(self, moment: int) -> str:
        """The time of the day, `07:36`."""
        return self.iso(moment)[11:16]

    def _iso(self, moment: int) -> str:
        """A moment as RFC 3339 has it, with the site's offset."""
        return local_time(moment, self.zone).isoformat()

    def month_name(self, year: int, month: int) -> str:
        """A month as a heading."""
        name = format_datetime(datetime(year, month, 1), self._patterns["month"], locale=self.locale)
        return name[:1].upper() + name[1:]

    def weekdays(self) -> list[str]:
        """Short names of the days from Monday."""
        names = get_day_names("abbreviated", context="stand-alone", locale=self.locale)
        return [names[day] for day in range(7)]

    def number(self, value: int) -> str:
        """A number with the language's separators."""
        return str(format_decimal(value, locale=self.locale))

    def decimal(self, text: str) -> str:
        """A decimal number, written with a point, with the language's separators; no digit is added or taken away."""
        _, point, decimals = text.partition(".")
        pattern = f"#,##0{point}{'0' * len(decimals)}"
        return str(format_decimal(Decimal(text), pattern, locale=self.locale))

    def percent(self, hundredths: int) -> str:
        """A change in hundredths of a per cent, with its sign: `+0.25%`."""
        sign = "+" if hundredths > 0 else "\u2212" if hundredths < 0 else ""
        pattern = str(self.locale.percent_formats[None].pattern).replace("#,##0", "#,##0.00")
        return f"{sign}{format_percent(Decimal(abs(hundredths)).scaleb(-4), pattern, locale=self.locale)}"

    def language_name(self, code: str) -> str:
        """The name of a language in this one; the code itself where it is not known."""
        return str(self.locale.languages.get(code, code))

    def currency_name(self, code: str) -> str:
        """The name of a currency in this language; its code where it has none."""
        return str(self.locale.currencies.get(code, code))


@lru_cache
def own_name(code: str) -> str:
    """The name that a language has for itself, with a capital."""
    name = str(Locale.parse(_LOCALES[code]).languages.get(code, code))
    return name[:1].upper() + name[1:]


def language_tag(code: str) -> str:
    """A language as `hreflang` and schema.org name it (BCP 47), with its script where it has several: `zh-Hans`."""
    return _TAGS.get(code, code)


def locale_tag(code: str) -> str:
    """A language of the portal as Open Graph names it, with a territory: `kk_KZ`."""
    return f"{code}_{_TERRITORIES[code]}"
