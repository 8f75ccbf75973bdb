"""Executes every notebook of the course in the real kernel and looks at what it shows.

What holds for all of them is here; what one notebook must show is in expectations.py.
"""

import io

import execute
import expectations
import nbformat
import pytest

NOTEBOOKS = execute.find([])


def outputs(nb):
    return [(cell, output) for cell in nb.cells if cell.cell_type == "code" for output in cell.outputs]


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=lambda path: path.stem)
def executed(request, tmp_path_factory):
    printed = io.StringIO()
    log = tmp_path_factory.mktemp("kernel") / "stderr"
    with log.open("w") as stderr:
        it = execute.run(request.param, execute.Printer(printed), stderr)
    if it is None:
        pytest.fail(printed.getvalue(), pytrace=False)
    it.process_stderr = log.read_text()
    return it


def test_it_shows_nothing_on_stderr(executed):
    noise = [o.text for _, o in outputs(executed.nb) if o.output_type == "stream" and o.name == "stderr"]
    assert noise == []
    assert executed.process_stderr == ""


def test_it_shows_what_it_promises(executed):
    expectations.of(executed.path.stem)(expectations.Shown(executed))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_its_committed_outputs_are_those_of_one_run_without_errors(path):
    nb = nbformat.read(path, as_version=4)
    code = [cell for cell in nb.cells if cell.cell_type == "code"]
    assert nb.metadata.kernelspec.name == execute.KERNEL
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    for cell, output in outputs(nb):
        if "raises-exception" not in cell.metadata.get("tags", []):
            assert output.output_type != "error"
        assert output.get("name") != "stderr"
