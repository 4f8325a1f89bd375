"""Words of any of the portal's languages as they stand in an address: small Latin letters, digits and hyphens."""

import re
import unicodedata

SLUG = re.compile(r"[a-z0-9-]{1,80}")

_COMMON = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъыьэюяё",
        "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya e".replace("-", "").split(" "),
        strict=True,
    )
)
_KAZAKH = {"ә": "a", "ғ": "g", "қ": "q", "ң": "n", "ө": "o", "ұ": "u", "ү": "u", "һ": "h", "і": "i"}
_KYRGYZ = {"ң": "n", "ө": "o", "ү": "u"}
_TAJIK = {"ғ": "gh", "ӣ": "i", "қ": "q", "ӯ": "u", "ҳ": "h", "ҷ": "j"}
_UZBEK = {"ў": "o", "ғ": "g", "қ": "q", "ҳ": "h", "ж": "j", "х": "x"}
_OTHER = {
    "ı": "i",
    "ş": "s",
    "ç": "ch",
    "ň": "n",
    "ž": "zh",
    "ß": "ss",
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "æ": "ae",
    "œ": "oe",
}
_TABLES = {
    language: str.maketrans(_COMMON | _KAZAKH | _TAJIK | _OTHER | own)
    for language, own in {"kk": _KAZAKH, "ky": _KYRGYZ, "tg": _TAJIK, "uz": _UZBEK, "": {}}.items()
}
_APOSTROPHES = re.compile("[ʻʼ’‘'`]")
_GAPS = re.compile(r"[^a-z0-9]+")


def slugify(words: str, language: str = "") -> str:
    """The slug of a title or name, at most 80 characters, cut at a word; empty where no letter can be written in Latin."""
    plain = _APOSTROPHES.sub("", unicodedata.normalize("NFC", words).lower()).translate(
        _TABLES.get(language, _TABLES[""])
    )
    ascii_only = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    slug = _GAPS.sub("-", ascii_only).strip("-")
    return slug if len(slug) <= 80 else slug[:81].rpartition("-")[0] or slug[:80]
