"""What the law, the model contracts and the compensation standard say in figures: arithmetic over dated data.

The numbers lie in ``rulebooks/data/amounts/*.toml``, each with its article and grade; Python holds the arithmetic.
A calculator gives the figure with its steps and the facts that it assumes, or names the basis that applies instead
of its own.  It gives information, never advice.  See docs/amounts.md.
"""

from tourism_odr.amounts.catalogue import CALCULATORS, Calculator, Option
from tourism_odr.amounts.heads import Head, heads
from tourism_odr.amounts.ranges import Known, Range, Situation, ranges
from tourism_odr.amounts.result import Cited, InapplicableError, Result
from tourism_odr.amounts.texts import CONTRACTS, Text, text, texts

__all__ = [
    "CALCULATORS",
    "CONTRACTS",
    "Calculator",
    "Cited",
    "Head",
    "InapplicableError",
    "Known",
    "Option",
    "Range",
    "Result",
    "Situation",
    "Text",
    "heads",
    "ranges",
    "text",
    "texts",
]
