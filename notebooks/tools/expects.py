"""What a cell promises to show, in its metadata: "expects", a text or a list of texts.

`picture`             one of its outputs is or holds a picture
`accuracy >= 0.98`    the last number that follows the name in what is shown; `<=` likewise
`>= 0.98`             the one number that is shown
anything else         occurs in what is shown, in whole words, however wide the space between them; a number with a
                      point stands for all that round to it: `0.152` for 0.15200309
"""

import re

import shown
from numbered import NUMBER, Number, numbers, tokens

_BOUND = re.compile(rf"(?:(?P<name>\S.*?)\s+)?(?P<sign>>=|<=)\s*(?P<bound>{NUMBER.pattern})")


def promises(cell):
    said = cell.metadata.get("expects", [])
    return [said] if isinstance(said, str) else said


def unmet(cell):
    """A line for each promise that what the cell shows does not keep."""
    said = promises(cell)
    if not isinstance(said, list) or not all(isinstance(promise, str) and promise.strip() for promise in said):
        return [f"expects is a text or a list of texts, but is {said!r}"]
    return [complaint for promise in said if (complaint := _complaint(promise.strip(), cell))]


def of_notebook(nb):
    """The promises that its cells do not keep, each with the cell that made it."""
    return [
        f"{complaint}\n    in the cell that begins with {cell.source.splitlines()[:1]}\n    which shows {_cut(shown.of(cell))}"
        for cell in nb.cells
        if cell.cell_type == "code"
        for complaint in unmet(cell)
    ]


def _complaint(promise, cell):
    text = shown.of(cell)
    if promise == "picture":
        return None if shown.has_picture(cell) else "expects a picture"
    if bound := _BOUND.fullmatch(promise):
        return _out_of_bounds(promise, bound, text)
    return None if _occurs(tokens(promise), tokens(text)) else f"expects {promise!r}"


def _out_of_bounds(promise, bound, text):
    if bound["name"]:
        after = rf"(?<!\w){re.escape(bound['name'])}(?!\w)[^\w\n.\-−]*({NUMBER.pattern})"
        found = [Number(match.group(1)) for match in re.finditer(after, text)][-1:]
        if not found:
            return f"expects {promise!r}, but no number follows {bound['name']!r}"
    else:
        found = numbers(text)
        if len(found) != 1:
            return f"expects {promise!r} of the one number that is shown, but {len(found)} are: say its name"
    value, limit = found[0].value, Number(bound["bound"]).value
    return None if (value >= limit if bound["sign"] == ">=" else value <= limit) else f"expects {promise!r}, but it is {found[0].text}"


def _occurs(piece, text):
    return any(all(map(_stands_for, piece, text[at:])) for at in range(len(text) - len(piece) + 1))


def _stands_for(said, seen):
    if isinstance(said, Number) and isinstance(seen, Number):
        return said.rounds(seen.value)
    return said == seen


def _cut(text):
    return repr(text if len(text) <= 600 else text[:600] + "…") if text else "nothing"
