"""Reads numbers in a text as a reader does, and says when two of them are the same."""

import re
from dataclasses import dataclass

# A minus belongs to the number unless something is taken from: "-0.5" and "(−0.5)" but not "3-0.5". Digits in a word, as
# in conv2d_1, are no number.
NUMBER = re.compile(
    r"(?:(?<![\w.)\]])[-−])?(?<![\w.])(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?(?:[eE][-+−]?[0-9]+)?(?![0-9])"
)
_WORD = re.compile(r"\w+|\S")


@dataclass(frozen=True)
class Number:
    text: str

    @property
    def value(self):
        return float(self.text.replace(",", "").replace("−", "-"))

    @property
    def digit(self):
        """What one of the last digit is worth, 0.001 for 0.152; none in a whole number, which is not rounded."""
        mantissa, _, exponent = self.text.replace("−", "-").lower().partition("e")
        if "." not in mantissa:
            return 0.0
        return 10.0 ** (int(exponent or 0) - len(mantissa.partition(".")[2]))

    def rounds(self, other):
        """Whether this is the other, rounded to the digits given here."""
        return abs(other - self.value) <= 0.5 * self.digit * (1 + 1e-9) + 1e-12 * abs(self.value)

    def is_near(self, other, relative, absolute):
        a, b = self.value, other.value
        return abs(a - b) <= max(absolute, relative * max(abs(a), abs(b)))


def tokens(text):
    """The words, signs and numbers of a text, without the space between them."""
    found, at = [], 0
    for number in NUMBER.finditer(text):
        found += _WORD.findall(text[at : number.start()])
        found.append(Number(number.group()))
        at = number.end()
    return found + _WORD.findall(text[at:])


def numbers(text):
    return [Number(found.group()) for found in NUMBER.finditer(text)]
