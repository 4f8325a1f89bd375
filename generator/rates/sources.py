"""The sources that are fetched, by the name of their folder under content/rates.

Turkmenistan's rate (`cbt`) is fixed and its bank answers no one abroad: a line of content/rates says it, with its date.
"""

from generator.rates import cbr, cbu, ecb, nbk, nbkr, nbt
from generator.rates.source import Source

SOURCES: dict[str, Source] = {"nbk": nbk, "nbkr": nbkr, "cbu": cbu, "nbt": nbt, "cbr": cbr, "ecb": ecb}
