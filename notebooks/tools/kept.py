"""Writes fresh outputs into a notebook, and nothing else: updating twice gives the same file."""

import copy
import re

import nbformat

DURATION = re.compile(r"\bin (?:[0-9]+ h [0-9]+ min|[0-9]+ min [0-9]+ s|[0-9.]+ ?(?:ns|µs|ms|s))(?!\w)")
# How far some work is: a display that opens only where the work takes a while.
_WORK = re.compile(r"\w+: [0-9,]+ of [0-9,]+ \w+ in [0-9.,]+ s")
_LINE_OF_SOURCE = re.compile(r"\.java:[0-9]+\)")


def without_durations(text):
    return DURATION.sub("in some time", text)


def keep(executed, path):
    """Puts the outputs of an executed notebook into the file: sources, ids and metadata stay as they are there."""
    nb = nbformat.read(path, as_version=4)
    for cell, fresh in zip(nb.cells, executed.cells, strict=True):
        if cell.cell_type == "code":
            outputs = joined(fresh.outputs)
            if not _same(cell.outputs, outputs):
                cell.outputs = outputs
            cell.execution_count = fresh.execution_count
    # Which Java it was is of this machine, not of the notebook.
    nb.metadata.language_info = {k: v for k, v in executed.metadata.language_info.items() if k != "version"}
    nbformat.write(nb, path)


def joined(outputs):
    """The outputs that a faster machine gives too: pieces of one stream are one, and no display of work that is done."""
    found = []
    for output in copy.deepcopy(outputs):
        if _WORK.fullmatch(output.get("data", {}).get("text/plain", "")):
            continue
        if found and output.output_type == "stream" and found[-1].get("name") == output.name:
            found[-1].text += output.text
        else:
            found.append(output)
    return found


def _same(kept, fresh):
    """Whether nothing but durations, and lines of the library's sources in a stack trace, changed."""
    return _lasting(kept) == _lasting(fresh)


def _lasting(part):
    if isinstance(part, str):
        return _LINE_OF_SOURCE.sub(".java)", without_durations(part))
    if isinstance(part, dict):
        return {key: _lasting(value) for key, value in part.items()}
    return [_lasting(value) for value in part] if isinstance(part, list) else part
