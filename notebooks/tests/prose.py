"""Whether the numbers in a notebook's text are numbers that its cells have or show.

Asked of those with a decimal point: a year or "60,000 images" is of the world.
"""

import re

import quizzes
import shown
import solutions
from numbered import Number, numbers

_LINK = re.compile(r"\]\([^)]*\)|https?://\S+")
_CODE = re.compile(r"`[^`\n]*[A-Za-z][^`\n]*`")  # to be tried by the reader; a number in backticks is a number all the same
_PERCENT = re.compile(r"\s?(?:\\?%|percent)")


def unsaid(nb, answers=""):
    """The numbers of the text that no code and no output has; `answers` is what the solutions showed."""
    cells = [cell for cell in nb.cells if cell.cell_type == "code" and not quizzes.is_quiz(cell)]
    seen = numbers("\n".join([*(cell.source for cell in cells), *solutions.of(nb), *(shown.of(cell) for cell in cells)]))
    answered = numbers(answers)
    return [
        f"no cell has or shows the {said.text} of the text"
        for text in _texts(nb)
        for said, share in _said(text)
        if not (_among(said, share, seen) or _nearly_among(said, share, answered))
    ]


def _texts(nb):
    for cell in nb.cells:
        if cell.cell_type == "markdown":
            yield cell.source
        elif quizzes.is_quiz(cell):
            yield from quizzes.said(cell)


def _said(source):
    """The numbers with a point, each with what it is divided by when it is a percentage."""
    text = _CODE.sub("", _LINK.sub("] ", solutions.without_blocks(source)))
    for found in re.finditer(r"(?<![\w.])[0-9][0-9,]*\.[0-9]+(?:[eE][-−]?[0-9]+)?(?!\.?[0-9])", text):
        yield Number(found.group()), 100 if _PERCENT.match(text, found.end()) else 1


def _among(said, share, seen):
    return any(said.rounds(abs(number.value)) or share > 1 and said.rounds(share * abs(number.value)) for number in seen)


def _nearly_among(said, share, answered):
    """What solutions show is not committed: where they train, another processor rounds otherwise."""
    return any(abs(factor * abs(n.value) - said.value) <= 0.02 * said.value for n in answered for factor in {1, share}) or _among(
        said, share, answered
    )
