"""The end of a lesson: the table of its terms, and the cells that ask what a reader has understood."""

import re

_TERMS = re.compile(r"^\| term \| what it means \|\n\|[-:| ]+\|\n((?:\|.*\n?)+)", re.MULTILINE)
_WORDS = r'"(?:\\.|[^"\\])*"(?:\s*\+\s*"(?:\\.|[^"\\])*")*'
_CHOICE = re.compile(rf"\.(right|wrong)\(\s*({_WORDS})\s*,\s*({_WORDS})\s*\)")
_JOINT = re.compile(r'"\s*\+\s*"')


def terms(text):
    """The rows of the table of terms; none where there is no such table."""
    table = _TERMS.search(text)
    return table[1].splitlines() if table else []


def is_quiz(cell):
    return cell.cell_type == "code" and cell.source.startswith("quiz(")


def is_hidden(cell):
    """Whether JupyterLab folds the code away, which says what is right."""
    return cell.metadata.get("jupyter") == {"source_hidden": True}


def of(nb):
    return [cell for cell in nb.cells if is_quiz(cell)]


def said(cell):
    """What a quiz claims: its reasons and its right choices. A wrong choice may say what it likes."""
    for kind, choice, why in _CHOICE.findall(cell.source):
        for words in (choice, why) if kind == "right" else (why,):
            yield _JOINT.sub("", words)[1:-1]
