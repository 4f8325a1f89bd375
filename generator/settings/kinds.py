"""The kinds of stories."""

from typing import Literal

Kind = Literal["news", "analysis", "interview", "explainer", "opinion", "press-review", "digest"]
