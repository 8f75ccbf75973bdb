"""Executes every notebook of the course, once, in the real kernel and asks whether what it says is true.

The rules themselves are in expects, compared, solutions, prose and structure, and tried in test_truth.py.
"""

import io
from dataclasses import dataclass

import compared
import execute
import expects
import nbformat
import prose
import pytest
import shown
import solutions
import structure

PEAK_BYTES = 1e9  # leaves room in a Binder container of 2 GB
EXECUTED = {}


def pytest_generate_tests(metafunc):
    if "notebook" in metafunc.fixturenames:
        named = metafunc.config.getoption("--notebook")
        paths = execute.find(named) if named else sorted(execute.NOTEBOOKS.glob("*.ipynb"))
        metafunc.parametrize("notebook", paths, ids=lambda path: path.stem, scope="session")


@dataclass
class Outcome:
    committed: nbformat.NotebookNode
    nb: nbformat.NotebookNode  # as it was executed now, without the solutions
    answers: str  # what the solutions showed
    stderr: str  # of the kernel's process
    peak_bytes: float | None  # known on Linux alone


@pytest.fixture
def executed(notebook, tmp_path):
    """One execution of the notebook and of the solutions behind it serves all tests."""
    if notebook not in EXECUTED:
        EXECUTED[notebook] = perform(notebook, tmp_path / "stderr")
    if isinstance(failure := EXECUTED[notebook], str):
        EXECUTED[notebook] = "it could not be executed: see the first of its failures"
        pytest.fail(failure, pytrace=False)
    return EXECUTED[notebook]


def perform(path, log):
    """The outcome, or how an execution failed."""
    committed = nbformat.read(path, as_version=4)
    printed = io.StringIO()
    with log.open("w") as stderr:
        it = execute.perform(path, execute.Printer(printed), stderr, solutions.appended(committed))
    if it is None:
        return printed.getvalue()[printed.getvalue().rindex(f"── {path.stem} failed") :]
    answers = "\n".join(shown.of(cell) for cell in it.nb.cells[len(committed.cells) :])
    it.nb.cells = it.nb.cells[: len(committed.cells)]
    return Outcome(committed, it.nb, answers, log.read_text(), it.peak_bytes)


def assert_none(complaints):
    complaints = list(complaints)
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)


def test_it_shows_what_it_promises(executed):
    assert_none(expects.of_notebook(executed.nb))


def test_it_still_shows_what_is_committed(executed, notebook):
    update = f"./lossbook run --update {notebook.stem} keeps what it shows now"
    assert_none([*(found := compared.of_notebook(executed.committed, executed.nb)), *[update] * bool(found)])


def test_the_numbers_in_its_text_are_those_of_its_cells(executed):
    assert_none(prose.unsaid(executed.committed, executed.answers))


def test_it_shows_nothing_on_stderr(executed):
    assert_none(structure.it_says_nothing_on_stderr(executed.nb))
    assert executed.stderr == ""


def test_it_needs_little_memory(executed):
    assert executed.peak_bytes is None or executed.peak_bytes <= PEAK_BYTES


def test_it_is_made_as_all_of_them_are(notebook):
    assert_none(structure.complaints(nbformat.read(notebook, as_version=4)))
