"""How ./lossbook run chooses notebooks and prints what they print."""

import asyncio
import contextlib
import io
import os
import signal
import subprocess
import sys
import time

import execute
import nbformat
import pytest


class Stream(io.StringIO):
    def __init__(self, tty):
        super().__init__()
        self.tty = tty

    def isatty(self):
        return self.tty


def printed(act, tty=False, patience=60):
    out = Stream(tty)
    printer = execute.Printer(out, patience)
    act(printer)
    printer.fresh_line()
    return out.getvalue()


def train(printer):
    for epoch in (1, 2):
        for step in ("50%", "100%"):
            printer.update(f"Epoch {epoch}/2 {step}")


def test_a_log_has_the_first_state_and_the_last_of_each_epoch():
    assert printed(train) == "Epoch 1/2 50%\nEpoch 1/2 100%\nEpoch 2/2 100%\n"


def test_a_log_has_every_state_when_states_come_slowly():
    assert printed(train, patience=-1).count("\n") == 4


def test_a_terminal_has_one_line_that_is_written_over():
    text = printed(train, tty=True)
    assert text.count("\n") == 1
    assert text.split("\r\x1b[K")[1:] == [
        "Epoch 1/2 50%",
        "Epoch 1/2 100%",
        "Epoch 2/2 50%",
        "Epoch 2/2 100%",
        "Epoch 2/2 100%\n",
    ]


def download(printer):
    for text in ("first\r\n", "\r1 MB", "\r2 MB", "\r3 MB\nopen", " line\n\rhalf", "\rhalf, then no end"):
        printer.text(text)


def test_a_log_has_no_line_that_is_written_over():
    assert printed(download) == "first\r\n3 MB\nopen line\nhalf, then no end\n"


def test_a_terminal_has_all_of_them():
    assert "\r1 MB\r2 MB\r3 MB\n" in printed(download, tty=True)


def test_a_terminal_that_cannot_write_over_a_line_is_a_log(monkeypatch):
    monkeypatch.setenv("TERM", "dumb")
    assert printed(train, tty=True) == printed(train)


def test_a_narrow_terminal_has_the_numbers_and_not_the_bar(monkeypatch):
    monkeypatch.setattr(execute.shutil, "get_terminal_size", lambda: os.terminal_size((31, 24)))
    state = "[====>     ] epoch 1 of 5 · loss 0.1234"
    text = printed(lambda printer: printer.update(state), tty=True)
    assert text.split("\r\x1b[K")[1:] == ["epoch 1 of 5 · loss 0.1234", state + "\n"]


def test_a_line_too_long_for_the_terminal_is_whole_in_the_end(monkeypatch):
    monkeypatch.setenv("COLUMNS", "11")
    text = printed(lambda printer: printer.update("0123456789abcdef"), tty=True)
    assert text == "\r\x1b[K0123456789\r\x1b[K0123456789abcdef\n"


def test_text_between_two_states_stands_on_a_line_of_its_own():
    def act(printer):
        printer.update("Epoch 1/2")
        printer.text("a note\n")
        printer.update("Epoch 2/2")

    assert printed(act) == "Epoch 1/2\na note\nEpoch 2/2\n"


def test_a_value_begins_a_line_after_text_that_ended_in_none():
    def act(printer):
        printer.text("no newline")
        printer.line("value")

    assert printed(act) == "no newline\nvalue\n"


def test_a_log_has_no_colours():
    assert printed(lambda printer: printer.text("\x1b[1;31mred\x1b[0m\n")) == "red\n"


@pytest.fixture
def folder(tmp_path):
    for stem in ("01-mean-squared-error", "12-mse-or-cross-entropy", "15-mnist-cnn"):
        nbformat.write(nbformat.v4.new_notebook(), tmp_path / f"{stem}.ipynb")
    return tmp_path


def test_the_template_is_of_no_course_but_can_be_named(folder):
    nbformat.write(nbformat.v4.new_notebook(), folder / f"{execute.TEMPLATE}.ipynb")
    assert len(stems(folder=folder)) == 3
    assert stems("template", folder=folder) == [execute.TEMPLATE]


def stems(*names, folder):
    return [path.stem for path in execute.find(names, folder)]


def test_no_name_means_every_notebook_in_order(folder):
    assert stems(folder=folder) == ["01-mean-squared-error", "12-mse-or-cross-entropy", "15-mnist-cnn"]


@pytest.mark.parametrize("name", ["mnist-cnn", "15", "MNIST", "15-mnist-cnn.ipynb", "notebooks/15-mnist-cnn.ipynb"])
def test_a_part_of_a_name_is_enough(folder, name):
    assert stems(name, folder=folder) == ["15-mnist-cnn"]


def test_a_path_may_lead_anywhere(folder, tmp_path):
    mine = tmp_path / "elsewhere" / "mine.ipynb"
    mine.parent.mkdir()
    nbformat.write(nbformat.v4.new_notebook(), mine)
    assert execute.find([str(mine)], folder) == [mine]


def test_what_two_names_mean_is_executed_once(folder):
    assert stems("mse", "12", "15", folder=folder) == ["12-mse-or-cross-entropy", "15-mnist-cnn"]


def test_a_name_that_nothing_has_lists_what_there_is(folder):
    with pytest.raises(LookupError, match="no notebook has 'gan'(?s:.*)15-mnist-cnn"):
        execute.find(["gan"], folder)


@pytest.fixture
def notebook(tmp_path, monkeypatch):
    """Writes a notebook of these cells; its executed copy comes to lie beside it, under executed/."""
    monkeypatch.setattr(execute, "EXECUTED", tmp_path / "executed")

    def write(*sources):
        path = tmp_path / "scratch.ipynb"
        nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(s) for s in sources]), path)
        return path

    return write


def plain_outputs(path):
    cells = nbformat.read(path, as_version=4).cells
    return [o.get("text") or o.get("data", {}).get("text/plain") for cell in cells for o in cell.outputs]


def test_what_cells_print_and_end_with_is_printed_and_kept(notebook, tmp_path, capfd):
    path = notebook('System.out.println("printed");', "1 + 1")
    assert execute.main([str(path)]) == 0
    printed, err = capfd.readouterr()
    assert printed.splitlines()[1:7] == ["", '> System.out.println("printed");', "printed", "", "> 1 + 1", "2"]
    assert err == ""
    assert plain_outputs(tmp_path / "executed/scratch.ipynb") == ["printed\n", "2"]
    assert plain_outputs(path) == []


def test_headings_and_errors_on_purpose_are_printed_too(notebook, capfd):
    path = notebook("1 + 1", 'throw new IllegalStateException("as promised");', "no();")
    nb = nbformat.read(path, as_version=4)
    nb.cells.insert(0, nbformat.v4.new_markdown_cell("# What?\n\nProse.\n\n## So\nmore"))
    for cell in nb.cells[2:]:
        cell.metadata["tags"] = ["raises-exception"]
    nbformat.write(nb, path)
    assert execute.main([str(path)]) == 0
    printed = capfd.readouterr().out
    assert printed.splitlines()[1:8] == ["", "# What?", "", "## So", "", "> 1 + 1", "2"]
    assert "IllegalStateException: as promised\n  line 1 of this cell" in printed
    assert "cannot find symbol" in printed
    assert "    at " not in printed


def test_update_keeps_the_outputs_in_the_notebook_too(notebook):
    path = notebook("1 + 1")
    assert execute.main(["--update", str(path)]) == 0
    assert plain_outputs(path) == ["2"]


def promise(path, *promises):
    nb = nbformat.read(path, as_version=4)
    nb.cells[0].metadata["expects"] = list(promises)
    nbformat.write(nb, path)


def test_an_update_done_twice_changes_no_byte(notebook):
    path = notebook("1 + 1", 'System.out.print("a");\nSystem.out.println("b");')
    promise(path, "2")
    assert execute.main(["--update", str(path)]) == 0
    once = path.read_bytes()
    assert execute.main(["--update", str(path)]) == 0
    assert path.read_bytes() == once


def test_a_promise_that_is_broken_fails_the_run_and_nothing_is_kept(notebook, tmp_path, capfd):
    path = notebook("1 + 1", "3")
    promise(path, "2", "three", "<= 1")
    before = path.read_bytes()
    assert execute.main(["--update", str(path)]) == 1
    printed = capfd.readouterr().out
    assert "scratch: expects 'three'" in printed
    assert "expects '<= 1', but it is 2" in printed
    assert "1 + 1" in printed
    assert printed.endswith("1 of 1 failed: scratch\n")
    assert path.read_bytes() == before
    assert plain_outputs(tmp_path / "executed/scratch.ipynb") == ["2", "3"]


def test_the_cell_that_fails_is_shown_with_its_error_and_ends_the_run(notebook, tmp_path, capfd):
    path = notebook("6 * 7", 'throw new IllegalStateException("mse expects two vectors");', '"never"')
    assert execute.main(["--update", str(path)]) == 1
    printed = capfd.readouterr().out
    assert '    throw new IllegalStateException("mse expects two vectors");' in printed
    assert "IllegalStateException: mse expects two vectors" in printed
    assert printed.endswith("1 of 1 failed: scratch\n")
    assert "never" not in printed
    assert plain_outputs(tmp_path / "executed/scratch.ipynb")[0] == "42"
    assert plain_outputs(path) == []


def test_a_kernel_that_dies_is_a_failure_of_its_cell(notebook, capfd):
    assert execute.main([str(notebook("Runtime.getRuntime().halt(3);"))]) == 1
    printed = capfd.readouterr().out
    assert "Runtime.getRuntime().halt(3);" in printed
    assert "Kernel died" in printed


def test_an_interrupt_that_a_wait_swallows_comes_again(notebook, monkeypatch):
    async def swallows_one(self, **_):
        os.kill(os.getpid(), signal.SIGTERM)
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.sleep(60)
        await asyncio.sleep(60)

    monkeypatch.setattr(execute.Run, "async_execute", swallows_one)
    run = execute.Run(notebook("1"), execute.Printer(io.StringIO()))
    begun = time.monotonic()
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(run.execute_all())
    assert time.monotonic() - begun < 30


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_no_kernel_behind(notebook, number):
    endless = notebook("System.out.println(ProcessHandle.current().pid());", "while (true) Thread.sleep(1000);")
    command = [sys.executable, execute.__file__, str(endless)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        first, *_, kernel = [process.stdout.readline() for _ in range(4)]
        assert first == "── scratch\n"
        kernel = int(kernel)
        assert [process.stdout.readline() for _ in range(2)] == ["\n", "> while (true) Thread.sleep(1000);\n"]
        process.send_signal(number)
        try:
            printed, err = process.communicate(timeout=60)
        finally:
            process.kill()  # else a run that does not end would be waited for without end
    assert process.returncode == 130
    assert printed == "── scratch: interrupted\n"
    assert err == ""
    with pytest.raises(ProcessLookupError):
        os.kill(kernel, 0)


def test_a_name_that_nothing_has_is_no_failure_of_a_notebook(capfd):
    assert execute.main(["no-such-notebook"]) == 2
    assert "no notebook has 'no-such-notebook'" in capfd.readouterr().err


def test_a_reader_who_has_read_enough_ends_the_run_in_silence(notebook):
    long = notebook("System.out.println(ProcessHandle.current().pid());", "1", *["Thread.sleep(100);"] * 50)
    command = [sys.executable, execute.__file__, str(long)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        kernel = int([process.stdout.readline() for _ in range(4)][3])
        process.stdout.close()
        try:
            assert process.wait(timeout=60) == 141
        finally:
            process.kill()
        assert process.stderr.read() == ""
    with pytest.raises(ProcessLookupError):
        os.kill(kernel, 0)


def test_a_name_that_nothing_has_is_said_before_anything_is_tested():
    command = [sys.executable, "-m", "pytest", __file__, "--notebook", "no-such-notebook", "--collect-only"]
    result = subprocess.run(command, capture_output=True, text=True)
    assert result.returncode == pytest.ExitCode.USAGE_ERROR
    assert result.stderr.startswith("ERROR: no notebook has 'no-such-notebook' in its name; there are:\n  00-start-here\n")
