"""Whether lessons, wherever they are, keep the rules that are not this course's own: ./lossbook check lesson.ipynb.

Nothing is executed: what is judged is the file as it was saved, with its outputs.
"""

import pathlib
import re
import sys

import nbformat
import prose
import structure

_UNSAID = "show the number in a cell, or take it out of the text; the solutions are not executed here"
_USAGE = "check needs one notebook or more, by path: ./lossbook check lesson.ipynb"


def findings(nb):
    """What is wrong, in order of the cells: the number of the cell from 1, none for the whole; what; and what to do."""
    found = [
        (_number(nb, getattr(complaint, "cell", None)), str(complaint).removesuffix(_where(complaint)), fix)
        for check, fix in structure.GENERAL.items()
        for complaint in check(nb)
    ]
    found += [(_said_in(nb, complaint), complaint, _UNSAID) for complaint in prose.unsaid(nb)]
    return sorted(found, key=lambda finding: finding[0] or 0)


def of_file(path):
    """The lines to print about a file; none when all is well."""
    try:
        nb = nbformat.read(path, as_version=4)
    except OSError as error:
        return [f"{path}: it cannot be read: {error.strerror}", f"    fix: {_USAGE}"]
    except Exception as error:  # nbformat has a kind of its own for each way in which a file is none
        told = str(error).splitlines()[:1]
        return [f"{path}: it is no notebook: {' '.join(told)[:100]}", "    fix: save it as .ipynb in JupyterLab"]
    lines = []
    for cell, what, fix in findings(nb):
        lines += [f"{path}, {f'cell {cell}' if cell else 'the whole'}: {what}", f"    fix: {fix}"]
    return lines


def _number(nb, cell):
    return next((i for i, each in enumerate(nb.cells, 1) if each is cell), None)


def _where(complaint):
    """Its words for the cell, beside which the number needs none."""
    found = re.search(r",? in the cell that begins with .*", str(complaint), re.DOTALL)
    return found[0] if found and hasattr(complaint, "cell") else ""


def _said_in(nb, complaint):
    number = re.search(r"the (\S+) of the text", complaint)[1]
    return next((i for i, cell in enumerate(nb.cells, 1) if cell.cell_type == "markdown" and number in cell.source), None)


def main(paths):
    if not paths or any(path.startswith("-") for path in paths):
        print(f"lossbook: {_USAGE}", file=sys.stderr)
        return 2
    wrong = 0
    for path in map(pathlib.Path, paths):
        lines = of_file(path)
        wrong += len(lines) // 2
        print(*(lines or [f"{path}: all is well"]), sep="\n")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
