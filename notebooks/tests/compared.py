"""Whether what a cell shows is still what is committed.

Kinds of outputs, words and pictures are the same, and numbers to the last digit printed. The tag `trained` allows numbers
that come from training to differ by 5 % or 0.02; with `varies` the kinds of outputs alone are compared.
"""

import base64
import re

import kept
import pictures
import shown
from numbered import Number, tokens

_BLOCKS = re.compile("[▁▂▃▄▅▆▇█▏▎▍▌▋▊▉]+")
_EMBEDDED = re.compile(r"data:image/(png|svg\+xml);base64,([A-Za-z0-9+/=]+)")
_ALT = re.compile(r'\balt="([^"]*)"')


def differences(committed, fresh):
    """A line for each way in which the outputs of a cell differ from the committed ones."""
    was, now = kept.joined(committed.outputs), kept.joined(fresh.outputs)
    if (kinds := _kinds(was)) != (kinds_now := _kinds(now)):
        return [f"it shows {kinds_now}, committed is {kinds}"]
    if "varies" in shown.tags(committed):
        return []
    loose = "trained" in shown.tags(committed)
    return [difference for a, b in zip(was, now) for difference in _of_output(a, b, loose)]


def of_notebook(committed, fresh):
    """The same for all cells, each with its beginning."""
    return [
        f"{difference}\n    in the cell that begins with {cell.source.splitlines()[:1]}"
        for cell, now in zip(committed.cells, fresh.cells)
        if cell.cell_type == "code"
        for difference in differences(cell, now)
    ]


def _kinds(outputs):
    return [(output.output_type, output.get("name"), sorted(output.get("data", {}))) for output in outputs]


def _of_output(was, now, loose):
    if was.output_type == "stream":
        return _of_text(was.text, now.text, loose)
    if was.output_type == "error":
        return _of_text(f"{was.ename}: {was.evalue}", f"{now.ename}: {now.evalue}", loose)
    return [
        f"{kind}: {difference}" for kind in sorted(was.data) for difference in _of_data(kind, was.data[kind], now.data[kind], loose)
    ]


def _of_data(kind, was, now, loose):
    if kind == "image/png":
        return pictures.png_differences(pictures.png(was), pictures.png(now), loose)
    if kind == "image/svg+xml":
        return pictures.svg_differences(was, now, lambda a, b: same(a, b, loose), loose)
    if kind == "text/html":
        return _of_html(was, now, loose)
    return _of_text(str(was), str(now), loose)


def _of_html(was, now, loose):
    found = _of_text(_readable(was), _readable(now), loose)
    embedded, embedded_now = _EMBEDDED.findall(was), _EMBEDDED.findall(now)
    if [kind for kind, _ in embedded] != [kind for kind, _ in embedded_now]:
        return found + ["it holds other pictures"]
    for (kind, data), (_, data_now) in zip(embedded, embedded_now):
        if kind == "svg+xml":
            data, data_now = base64.b64decode(data).decode(), base64.b64decode(data_now).decode()
        found += _of_data(f"image/{kind}", data, data_now, loose)
    return found


def _readable(page):
    return " ".join([shown.words_of_html(page), *_ALT.findall(page)])


def _of_text(was, now, loose):
    return [] if same(tokens(_lasting(was, loose)), tokens(_lasting(now, loose)), loose) else [f"it was {was!r}, now {now!r}"]


def _lasting(text, loose):
    text = kept.without_durations(text)
    return _BLOCKS.sub(" ", text) if loose else text


def same(was, now, loose=False):
    return len(was) == len(now) and all(_agree(a, b, loose) for a, b in zip(was, now))


def _agree(was, now, loose):
    if not (isinstance(was, Number) and isinstance(now, Number)):
        return was == now
    if loose:
        return was.is_near(now, relative=0.05, absolute=0.02)
    # Beyond six digits processors differ: they add up in another order.
    return was.is_near(now, relative=1e-6, absolute=1e-9)
