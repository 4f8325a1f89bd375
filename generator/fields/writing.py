"""Values as authors write them, for the commands that write into their files."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

from generator.fields.moments import read_moment


def quoted(words: str) -> str:
    """A text in the double quotes of YAML, whose escapes are those of JSON."""
    return json.dumps(words, ensure_ascii=False)


def written_moment(moment: int, zone: ZoneInfo) -> str:
    """A moment as authors write it; with its offset where the clock showed the same time twice that day."""
    local = datetime.fromtimestamp(moment, zone)
    plain = f"{local:%Y-%m-%d %H:%M}"
    return plain if read_moment(plain, zone) == moment - moment % 60 else local.isoformat(" ", "minutes")
