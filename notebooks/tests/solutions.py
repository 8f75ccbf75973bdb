"""The solutions of a notebook's exercises: ```java blocks that a reader unfolds, executed after its last cell."""

import copy
import re

import nbformat

_FOLDED = re.compile(r"<details>(.*?)</details>", re.DOTALL)
_BLOCK = re.compile(r"^```[ \t]*([^\n]*)\n(.*?)^```[ \t]*$", re.DOTALL | re.MULTILINE)


def folded(source):
    """The texts of the <details> in a markdown cell."""
    return _FOLDED.findall(source)


def blocks(source):
    """The fenced blocks of a text: what stands behind the fence, and the code."""
    return [(label.strip(), code.rstrip("\n")) for label, code in _BLOCK.findall(source)]


def without_blocks(source):
    return _BLOCK.sub("", source)


def of(nb):
    """The code of each solution, in order."""
    return [
        code
        for cell in nb.cells
        if cell.cell_type == "markdown"
        for text in folded(cell.source)
        for label, code in blocks(text)
        if label == "java"
    ]


def appended(nb):
    """A copy of the notebook in which the solutions are cells behind its last."""
    whole = copy.deepcopy(nb)
    whole.cells += [nbformat.v4.new_code_cell(code) for code in of(nb)]
    return whole
