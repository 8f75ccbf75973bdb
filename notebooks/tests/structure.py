"""What every notebook of the course has and has not. A rule answers a line for each place where it is broken."""

import json
import re

import execute
import expects
import nbformat
import quizzes
import shown
import solutions

CELLS = 36
PROSE_LINES = 5
PROSE_WIDTH = 200
CODE_WIDTH = 100
OUTPUT_BYTES = 300_000
FILE_BYTES = 1_500_000
PROMISES = 3
TERMS = 3
QUIZZES = (2, 3)
TAGS = {"trained", "varies", "raises-exception"}

RULES = []  # all of the course
GENERAL = {}  # those of any lesson, each with what to do where it is broken


class Complaint(str):
    """What is wrong, with the cell that it is about."""

    def __new__(cls, text, cell):
        complaint = super().__new__(cls, text)
        complaint.cell = cell
        return complaint


def rule(check):
    RULES.append(check)
    return check


def general(fix):
    """A rule for lessons elsewhere too."""

    def note(check):
        GENERAL[check] = fix
        return rule(check)

    return note


def complaints(nb):
    return [complaint for check in RULES for complaint in check(nb)]


def _code(nb):
    return [cell for cell in nb.cells if cell.cell_type == "code"]


def _text(nb):
    return [cell for cell in nb.cells if cell.cell_type == "markdown"]


def _begins(cell):
    return f"the cell that begins with {cell.source.splitlines()[:1]}"


# --- The whole ---------------------------------------------------------------------------------------------------------


@rule
def it_is_short(nb):
    count = len(nb.cells) - len(quizzes.of(nb))
    if count > CELLS:
        yield f"it has {count} cells, more than {CELLS}, its quizzes left aside"


@rule
def it_asks_a_question(nb):
    title = nb.cells[0].source.splitlines()[:1] if nb.cells and nb.cells[0].cell_type == "markdown" else []
    if not title or not re.fullmatch(r"# .*\?", title[0]):
        yield f"its first line is no question, '# …?', but {title}"


@rule
def it_leads_on(nb):
    last = nb.cells[-1].source if nb.cells and nb.cells[-1].cell_type == "markdown" else ""
    next_one = re.search(r"→ \[(\d\d[a-z]?)\]\((\1-[a-z0-9-]+\.ipynb)\)", last)
    if not next_one or not (execute.NOTEBOOKS / next_one[2]).is_file():
        yield "its last cell links to no other notebook: → [NN](NN-its-question.ipynb)"


@rule
def it_has_exercises(nb):
    if not solutions.of(nb):
        yield "it has no exercise with a ```java block in <details>"
    for cell in _text(nb):
        for text in solutions.folded(cell.source):
            for label, _ in solutions.blocks(text):
                if label not in ("java", "text"):
                    yield f"a block in <details> is executed, ```java, or shown, ```text, but here it is ```{label}"


@general("write </details> on a line of its own after the solution")
def what_is_folded_is_closed(nb):
    for cell in _text(nb):
        if cell.source.count("<details>") != len(solutions.folded(cell.source)):
            yield Complaint(f"a <details> is not closed in {_begins(cell)}", cell)


@rule
def it_ends_with_a_recap(nb):
    recaps = [i for i, cell in enumerate(nb.cells) if cell.cell_type == "markdown" and quizzes.terms(cell.source)]
    if len(recaps) != 1:
        yield f"it has {len(recaps)} tables of its terms, | term | what it means |, not one"
        return
    if (count := len(quizzes.terms(nb.cells[recaps[0]].source))) < TERMS:
        yield f"its table of terms has {count}, fewer than {TERMS}"
    least, most = QUIZZES
    asked = [i for i, cell in enumerate(nb.cells) if quizzes.is_quiz(cell)]
    if not least <= len(asked) <= most:
        yield f"it has {len(asked)} cells that begin with quiz(, not {least} or {most}"
    if not all(quizzes.is_hidden(nb.cells[i]) for i in asked):
        yield 'the code of a quiz tells its answer: "jupyter": {"source_hidden": true} in its metadata folds it away'
    if any(i < recaps[0] for i in asked):
        yield "a quiz stands before the table of terms: first the recap, then the quizzes, then the exercises"


@rule
def it_promises_enough(nb):
    made = sum(bool(expects.promises(cell)) for cell in _code(nb))
    if made < PROMISES:
        yield f'{made} of its cells have "expects" in their metadata, fewer than {PROMISES}'


@rule
def its_kernel_is_lossbook(nb):
    if nb.metadata.get("kernelspec", {}).get("name") != "lossbook":
        yield "its kernel is not lossbook"
    if "version" in nb.metadata.get("language_info", {}):
        yield "it says which Java it ran on: ./lossbook run --update leaves that out"
    if beyond := set(nb.metadata) - {"kernelspec", "language_info"}:
        yield f"its metadata has {sorted(beyond)}"


@general("copy the cell's text into a new cell, or save the notebook once in JupyterLab")
def its_cells_are_named_once(nb):
    names = [cell.get("id") for cell in nb.cells]
    if None in names or len(set(names)) != len(names):
        yield "two cells have one id, or one has none"


@general("print less, draw fewer figures, or make two lessons of it")
def its_file_is_small(nb):
    size = len(nbformat.writes(nb).encode())
    if size > FILE_BYTES:
        yield f"it has {size:,} bytes, more than {FILE_BYTES:,}"


@rule
def it_names_no_registry(nb):
    for found in re.findall(r"(?:\bpypi\.|\bnpmjs\.|\bmaven\.[a-z]+\.|\brepo\d*\.maven\.)[a-z]+", nbformat.writes(nb)):
        yield f"it names a package registry: {found}"


# --- Text --------------------------------------------------------------------------------------------------------------


@rule
def its_prose_is_brief(nb):
    lines = []
    for cell in [*nb.cells, None]:
        if cell is None or cell.cell_type == "code":
            if len(lines) > PROSE_LINES:
                yield f"{len(lines)} lines of prose stand between two code cells, more than {PROSE_LINES}, from {lines[0]!r}"
            lines = []
        elif cell.cell_type == "markdown":
            lines += prose(cell.source)


@general("break the line: a line break in Markdown shows as a space")
def its_lines_of_prose_are_short(nb):
    for cell in _text(nb):
        for line in prose(cell.source):
            if len(line) > PROSE_WIDTH:
                yield Complaint(f"a line of prose has {len(line)} characters, more than {PROSE_WIDTH}: {line[:40]!r}…", cell)


def prose(source):
    """The lines of a text that are to be read: no headings, formulas, tables, exercises and solutions."""
    text = re.sub(r"<details>.*?</details>|\$\$.*?\$\$", "", solutions.without_blocks(source), flags=re.DOTALL)
    aside = re.compile(r"\s*(?:#|\||\d+\.\s|<|!\[|$)")
    return [line.strip() for line in text.splitlines() if not aside.match(line)]


@general('say what the picture shows: ![what it shows](…), or .alt("…") after a chart')
def its_pictures_are_described(nb):
    for cell in _text(nb):
        if re.search(r"!\[\s*\]\(|<img(?![^>]*\balt=\"[^\"]+\")", cell.source):
            yield Complaint(f"a picture has no alt text in {_begins(cell)}", cell)
    for cell in _code(nb):
        for output in cell.outputs:
            if not _described(output.get("data", {})):
                yield Complaint(f"a picture says nothing to those who do not see it in {_begins(cell)}", cell)


def _described(data):
    # JupyterLab makes an image without words of image/png and image/svg+xml: the words are in the HTML beside them.
    page = data.get("text/html", "")
    if any(kind.startswith("image/") for kind in data) and "<img" not in page:
        return False
    return not re.search(r"<img(?![^>]*\balt=\"[^\"]+\")", page)


# --- Code and what it shows --------------------------------------------------------------------------------------------


@general("break the line: on a phone and on paper longer ones are cut off or wrapped")
def its_lines_of_code_fit(nb):
    codes = [(cell, cell.source) for cell in _code(nb)]
    codes += [(cell, code) for cell in _text(nb) for code in solutions.of(nbformat.v4.new_notebook(cells=[cell]))]
    for cell, code in codes:
        for line in code.splitlines():
            if len(line) > CODE_WIDTH:
                yield Complaint(f"a line of code has {len(line)} characters, more than {CODE_WIDTH}: {line[:40]!r}…", cell)


@rule
def its_metadata_is_known(nb):
    for cell in nb.cells:
        if beyond := set(cell.metadata) - {"tags", "expects"} - ({"jupyter"} if quizzes.is_quiz(cell) else set()):
            yield f"the metadata has {sorted(beyond)} in {_begins(cell)}"
        if beyond := set(shown.tags(cell)) - TAGS:
            yield f"there is no tag {sorted(beyond)}: {sorted(TAGS)}, in {_begins(cell)}"
        if "varies" in shown.tags(cell) and not expects.promises(cell):
            yield f"what varies must say what it expects, in {_begins(cell)}"


@general("restart the kernel, run all cells and save, or ./lossbook run --update with its path")
def it_was_executed_once_from_top_to_bottom(nb):
    if [cell.execution_count for cell in _code(nb)] != list(range(1, len(_code(nb)) + 1)):
        yield "its cells are not numbered from 1: ./lossbook run --update"


@general("repair the cell, or give it the tag raises-exception where the error is the lesson")
def its_errors_are_on_purpose(nb):
    for cell in _code(nb):
        failed = any(output.output_type == "error" for output in cell.outputs)
        if failed != ("raises-exception" in shown.tags(cell)):
            yield Complaint(f"an error without the tag raises-exception, or the tag without an error, in {_begins(cell)}", cell)


@general("remove what causes the warning")
def it_says_nothing_on_stderr(nb):
    for cell in _code(nb):
        if any(output.get("name") == "stderr" for output in cell.outputs):
            yield Complaint(f"it writes to stderr in {_begins(cell)}", cell)


@general("show a Lossbook figure or PNG, and print fewer rows")
def its_outputs_show_everywhere(nb):
    for cell in _code(nb):
        for output in cell.outputs:
            for kind in output.get("data", {}):
                if kind.startswith("image/") and kind not in ("image/png", "image/svg+xml") or "widget" in kind:
                    yield Complaint(f"{kind} does not show on a page without scripts, in {_begins(cell)}", cell)
            size = len(json.dumps(output))
            if size > OUTPUT_BYTES:
                yield Complaint(f"an output has {size:,} bytes, more than {OUTPUT_BYTES:,}, in {_begins(cell)}", cell)
