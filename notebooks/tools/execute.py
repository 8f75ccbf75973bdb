"""Executes notebooks in the real kernel and prints their headings, their cells and what these print, as it comes.

`./lossbook run` calls it; the notebook tests use `find` and `Run`.
"""

import argparse
import asyncio
import atexit
import itertools
import os
import re
import shutil
import signal
import sys
import time
from pathlib import Path

import expects
import kept
import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

NOTEBOOKS = Path(__file__).resolve().parents[1]
EXECUTED = NOTEBOOKS.parent / "build" / "notebooks"
KERNEL = "lossbook"
TEMPLATE = "TEMPLATE"  # for authors: not of the course, so it is executed when it is named

ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
EPOCH = re.compile(r"\bepoch\D{0,3}(\d+)", re.IGNORECASE)
BAR = re.compile(r"^\[[=>. ]*\] ")
OVERWRITTEN = re.compile(r"[^\n]*\r(?!\n)")
HEADING = re.compile(r"^#+ .+", re.MULTILINE)
FAINT, PLAIN = "\x1b[2m", "\x1b[0m"


class Printer:
    """Writes outputs to a stream; a live display is one line that changes.

    On a terminal that line is written over. Elsewhere, in a log or on a terminal that cannot do so, it is written when the first state comes, at the end of
    each epoch, after `patience` seconds and when the display ends.
    """

    def __init__(self, out, patience=10.0):
        self.out = out
        self.tty = out.isatty() and os.environ.get("TERM") != "dumb"
        self.patience = patience
        self.live = None  # text of the open live display, or None
        self.shown = None  # what of it has been written to a log
        self.shown_at = 0.0
        self.line_open = False
        self.held = ""  # a line that writes itself over, not yet written to a log

    def text(self, text):
        if text:
            self.end_live()
            self._write(text if self.tty else self._settled(ANSI.sub("", text)))

    def line(self, text=""):
        self.fresh_line()
        self._write((text if self.tty else ANSI.sub("", text)).rstrip("\n") + "\n")

    def update(self, text):
        """Shows the newest state of a live display."""
        if self.tty:
            if self.live is None:
                self.fresh_line()
            self.live = text
            width = shutil.get_terminal_size().columns - 1
            self._write("\r\x1b[K" + narrow(first_line(text), width))
            return
        if self.live is not None and epoch(self.live) != epoch(text):
            self._log(self.live)
        self.live = text
        if self.shown is None or time.monotonic() - self.shown_at > self.patience:
            self._log(text)

    def end_live(self):
        """The live display, if one is open, stays as it is."""
        if self.live is None:
            return
        if self.tty:
            # What was cut to the width of the terminal, or to one line, is now shown whole.
            self._write("\r\x1b[K" + self.live.rstrip("\n") + "\n")
        else:
            self._log(self.live)
        self.live = self.shown = None

    def fresh_line(self):
        self.end_live()
        held, self.held = OVERWRITTEN.sub("", self.held), ""
        self._write(held)
        if self.line_open:
            self._write("\n")

    def _settled(self, text):
        """What will not be written over: the progress of a download comes to a log when its line ends."""
        text = self.held + text
        last = text.rpartition("\n")[2]
        self.held = last if "\r" in last else ""
        return OVERWRITTEN.sub("", text.removesuffix(self.held))

    def _log(self, text):
        if text != self.shown:
            if self.line_open:
                self._write("\n")
            self._write(text.rstrip("\n") + "\n")
            self.shown = text
            self.shown_at = time.monotonic()

    def _write(self, text):
        if text:
            self.out.write(text)
            self.out.flush()
            self.line_open = not text.endswith("\n")


def first_line(text):
    return next(iter(text.strip("\n").splitlines()), "")


def narrow(line, width):
    """The line in so many columns; where they are few, its numbers count for more than its bar."""
    return (line if len(line) <= width else BAR.sub("", line))[:width]


def epoch(text):
    found = EPOCH.search(text)
    return found and found.group(1)


class Run(NotebookClient):
    """One execution of a notebook: `nb` has the outputs, `peak_bytes` the most memory that the kernel held."""

    def __init__(self, path, printer, nb=None, **options):
        nb = nb or nbformat.read(path, as_version=4)
        super().__init__(
            nb,
            kernel_name=KERNEL,
            resources={"metadata": {"path": str(path.parent)}},
            timeout=None,
            iopub_timeout=60,
            raise_on_iopub_timeout=True,
            record_timing=False,
            on_cell_start=self._remember,
            on_cell_executed=self._measure,
            **options,
        )
        self.path = path
        self.printer = printer
        self.cell = None  # the cell that runs, or ran last
        self.interrupted = False
        self.ending = False
        self.peak_bytes = None  # known on Linux alone

    def process_message(self, msg, cell, cell_index):
        kind, content = msg["msg_type"], msg["content"]
        if kind == "stream":
            self.printer.text(content["text"])
        elif kind in ("display_data", "update_display_data", "execute_result"):
            plain = content["data"].get("text/plain", "")
            if kind == "update_display_data" or self._opens_live(content, plain):
                self.printer.update(plain)
            elif plain:
                self.printer.line(plain)
        elif kind == "error" and "raises-exception" in cell.metadata.get("tags", []):
            # It is what the cell shows; other errors end the run, which then says them.
            self.printer.line("\n".join(itertools.takewhile(str.strip, "\n".join(content["traceback"]).splitlines())))
        return super().process_message(msg, cell, cell_index)

    def write(self, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(self.nb, path)

    @staticmethod
    def _opens_live(content, plain):
        has_id = (content.get("transient") or {}).get("display_id")
        return bool(has_id) and "\n" not in plain.strip("\n")

    def _remember(self, cell, cell_index):
        self.cell = cell
        if cell.cell_type == "code":
            self.printer.line()
            for line in cell.source.splitlines():
                self.printer.line(f"{FAINT}> {line}{PLAIN}")
        else:
            for heading in HEADING.findall(cell.source):
                self.printer.line(f"\n{heading}")

    def _measure(self, **_):
        self.printer.fresh_line()
        status = Path(f"/proc/{self.km.provisioner.pid}/status")
        if status.exists():
            kib = re.search(r"VmHWM:\s+(\d+) kB", status.read_text())
            self.peak_bytes = int(kib.group(1)) * 1024

    async def execute_all(self, **options):
        """Executes the cells. Whenever an interrupt comes, the kernel is gone when this ends."""
        self.task = asyncio.current_task()
        self._catch_interrupts()
        try:
            await self.async_execute(**options)
        finally:
            self.ending = True
            if self.interrupted and self.km is not None and self.km.has_kernel:
                await self.km.shutdown_kernel(now=True)
            # What nbclient has registered for the end of the process would have nothing left to do, and say so.
            atexit.unregister(self._cleanup_kernel)

    async def async_start_new_kernel(self, **options):
        self._catch_interrupts()  # nbclient has just set handlers of its own
        await super().async_start_new_kernel(**options)

    def _catch_interrupts(self):
        def interrupt():
            if not self.interrupted:
                self.interrupted = True
                self.shutdown_kernel = "immediate"
                self._cancel()

        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, interrupt)

    def _cancel(self):
        # Once may not be enough: a wait that is over in the same moment swallows the cancellation.
        if not self.ending:
            self.task.cancel()
            asyncio.get_running_loop().call_later(2, self._cancel)


def find(names, folder=NOTEBOOKS):
    """The notebooks that the names mean: paths, or parts of a file's name; the whole course when there are none."""
    every = sorted(folder.glob("*.ipynb"))
    if not names:
        return [path for path in every if path.stem != TEMPLATE]
    found = []
    for name in names:
        path = Path(name)
        if path.suffix == ".ipynb" and path.is_file():
            matches = [path.resolve()]
        else:
            part = path.name.removesuffix(".ipynb").lower()
            matches = [p for p in every if part in p.stem.lower()]
        if not matches:
            there = "\n".join(f"  {p.stem}" for p in every)
            raise LookupError(f"no notebook has {name!r} in its name; there are:\n{there}")
        found += [p for p in matches if p not in found]
    return found


def run(path, printer):
    """Executes one notebook; answers its Run when it went well and showed what it promises, else prints what failed."""
    it = perform(path, printer)
    broken = expects.of_notebook(it.nb) if it is not None else []
    for promise in broken:
        printer.line(f"── {path.stem}: {promise}\n")
    return None if broken else it


def perform(path, printer, stderr=None, nb=None):
    """Executes one notebook, or in its place `nb`; answers its Run when it went well, else prints what failed.

    What the kernel's process itself writes to stderr goes to the file `stderr`, or to ours.
    """
    printer.line(f"── {path.stem}")
    begun = time.monotonic()
    it = Run(path, printer, nb)
    copy = EXECUTED / path.name
    failure = None
    try:
        asyncio.run(it.execute_all(stderr=stderr))
    except asyncio.CancelledError:
        it.interrupted = True
    except BrokenPipeError:
        raise
    except CellExecutionError as e:
        failure = ANSI.sub("", e.traceback) if not printer.tty else e.traceback
        error = next((o for o in it.cell.outputs if o.output_type == "error"), None)
        if error is not None:
            failure = "\n".join(error.traceback) or f"{error.ename}: {error.evalue}"
    except Exception as e:  # the kernel died, or never came up: nbclient says which
        failure = f"{type(e).__name__}: {e}"
    if it.interrupted:
        printer.line(f"── {path.stem}: interrupted")
        raise KeyboardInterrupt
    it.write(copy)
    if failure is not None:
        printer.line()
        if it.cell is not None:
            printer.line(f"── {path.stem} failed in the cell")
            printer.line("\n".join("    " + line for line in it.cell.source.splitlines()))
        printer.line("── with" if it.cell is not None else f"── {path.stem} failed with")
        printer.line(failure)
        return None
    memory = f", at most {it.peak_bytes / 2**20:.0f} MiB" if it.peak_bytes else ""
    printer.line(f"── {path.stem}: {time.monotonic() - begun:.1f} s{memory}, kept as {shown(copy)}\n")
    return it


def shown(path):
    """The path as someone in this folder would write it."""
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="lossbook run", description="Executes notebooks in the Lossbook kernel.")
    parser.add_argument("notebooks", nargs="*", metavar="NOTEBOOK", help="a path or a part of a name; none means all")
    parser.add_argument("--update", action="store_true", help="keep the outputs in the notebooks, when all went well and each cell showed what it promises")
    options = parser.parse_args(arguments)
    try:
        paths = find(options.notebooks)
    except LookupError as e:
        print(f"lossbook: {e}", file=sys.stderr)
        return 2
    if not paths:
        print(f"lossbook: there is no notebook in {NOTEBOOKS}", file=sys.stderr)
        return 2
    printer = Printer(sys.stdout)
    try:
        runs = [run(path, printer) for path in paths]
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # `| head` has read enough; the flush at exit must not say so either
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    failed = [path.stem for path, it in zip(paths, runs) if it is None]
    if failed:
        printer.line(f"{len(failed)} of {len(paths)} failed: {', '.join(failed)}")
        return 1
    if options.update:
        for it in runs:
            kept.keep(it.nb, it.path)
    return 0


def interrupted(*_):
    raise KeyboardInterrupt


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, interrupted)
    sys.exit(main())
