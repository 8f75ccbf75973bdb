"""What notebooks/README.md says is where: a line for each notebook, a row for each fact that the course covers."""

import re
from dataclasses import dataclass

import execute
import nbformat
import solutions

README = execute.NOTEBOOKS / "README.md"

_LINK = re.compile(r"\[[^\]]*\]\(([^)]+\.ipynb)\)")
_CODE = re.compile(r"(`+)(.+?)\1")


@dataclass(frozen=True)
class Row:
    what: str
    files: list
    third: str  # the last column

    @property
    def calls(self):
        return [code.strip() for _, code in _CODE.findall(self.third)]


def rows(text):
    """The rows of all tables of three columns: a formula or listing, its notebook, the call."""
    cells = [_cells(line) for line in text.splitlines() if line.startswith("|")]
    return [Row(what, _LINK.findall(where), third) for what, where, third in (c for c in cells if len(c) == 3) if _is_content(where)]


def questions(text):
    """The notebooks in the table of two columns, each with its question."""
    cells = [_cells(line) for line in text.splitlines() if line.startswith("|")]
    return [(_LINK.findall(where)[0], asked) for where, asked in (c for c in cells if len(c) == 2) if _LINK.search(where)]


def complaints(text, folder):
    """Where the table names what is not there."""
    code = {}
    for row in rows(text):
        if not row.files or not row.calls:
            yield f"{row.what}: names no notebook, or no call"
        for file in row.files:
            if not (folder / file).exists():
                yield f"{row.what}: there is no {file}"
                continue
            if file not in code:
                code[file] = _bare(_code(folder / file))
            for call in row.calls:
                if not re.search(".*?".join(map(re.escape, _bare(call).split("…"))), code[file]):
                    yield f"{row.what}: no cell of {file} has {call}"


def unlike_the_notebooks(text, folder):
    """Where the list of notebooks is not the notebooks' own questions, in order."""
    listed = questions(text)
    there = [(path.name, _question(path)) for path in execute.find([], folder)]
    lacks = [f"its first table lacks the line of {file}: {asked}" for file, asked in there if (file, asked) not in listed]
    beyond = [f"its first table lists {file}: {asked}, which is not there" for file, asked in listed if (file, asked) not in there]
    order = ["its first table has another order than the files, or lists one of them twice"] if listed != there else []
    return lacks + beyond or order


def without_a_row(text, folder):
    """Notebooks of which no row says what is in them."""
    named = {file for row in rows(text) for file in row.files}
    for path in execute.find([], folder):
        if path.name not in named:
            yield f"no row says what is in {path.name}: | what | [{path.name.split('-')[0]}]({path.name}) | `call` |"


def _cells(line):
    # A bar in code is written \|, as the table needs it.
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]


def _is_content(where):
    return not re.fullmatch(r":?-+:?|notebook", where)


def _bare(code):
    return re.sub(r"\s+", "", code)


def _code(path):
    nb = nbformat.read(path, as_version=4)
    return "\n".join([cell.source for cell in nb.cells if cell.cell_type == "code"] + solutions.of(nb))


def _question(path):
    return nbformat.read(path, as_version=4).cells[0].source.splitlines()[0].removeprefix("# ")
