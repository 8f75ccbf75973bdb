"""What each notebook must show, beyond running: one function for each, named by `@expects`."""

import re

_EXPECTATIONS = {}


def expects(stem):
    def keep(check):
        _EXPECTATIONS[stem] = check
        return check

    return keep


def of(stem):
    """The check of a notebook. Each has one, for a notebook of which nothing can be asked teaches nothing."""
    assert stem in _EXPECTATIONS, f"expectations.py says nothing of {stem}: add what it must show"
    return _EXPECTATIONS[stem]


class Shown:
    """What an executed notebook shows, cell by cell; a cell is named by a piece of its source."""

    def __init__(self, run):
        self.run = run
        self.cells = [cell for cell in run.nb.cells if cell.cell_type == "code"]

    def cell(self, piece):
        found = [cell for cell in self.cells if piece in cell.source]
        assert found, f"no cell has {piece}"
        return found[0]

    def text(self, piece):
        """The plain text of the cell's outputs."""
        return "\n".join(o.get("text") or o.get("data", {}).get("text/plain", "") for o in self.cell(piece).outputs)

    def html(self, piece):
        return "\n".join(o.get("data", {}).get("text/html", "") for o in self.cell(piece).outputs)

    def error(self, piece):
        """The first line of the error that the cell ends with."""
        return next(o.evalue for o in self.cell(piece).outputs if o.output_type == "error")

    def pictures(self, piece):
        """How many of the cell's outputs are, or hold, a picture."""
        return sum(_is_picture(o.get("data", {})) for o in self.cell(piece).outputs)

    def number(self, piece, name):
        """The number that stands after a name in the cell's text."""
        found = re.search(rf"\b{name}\b\D*(\d+(?:\.\d+)?)", self.text(piece))
        assert found, f"{name} is not in: {self.text(piece)}"
        return float(found.group(1))


def _is_picture(data):
    return "image/png" in data or "image/svg+xml" in data or bool(re.search("<(svg|img)", data.get("text/html", "")))


@expects("00-start-here")
def start_here(shown):
    assert shown.text("mse().of(") == "0.25"
    assert shown.text("mse().gradient(") == "[-0.5, 0.5]"
    assert "divided by n = 2 samples  0.25" in shown.text("mse().explain(")
    assert shown.text("mse().formula()") == "L = 1/n Σᵢ (yᵢ − ŷᵢ)²"
    assert shown.text("mse().derivative()") == "∂L/∂ŷ = 2(ŷ − y)/n"
    assert round(float(shown.text("var label")), 3) == 0.105
    assert "1·log₂(0.9) + 0·log₂(0.1)" in shown.text("bits().explain(")
    assert "0.152003 bits" in shown.text("bits().explain(")
    assert "divide percentages by 100" in shown.error("vector(90, 10)")
    assert "max(9, −1)" in shown.text("var bread")
    for piece in ("mse().plot()", "mse().explore()", "plot(mse(), mae(), huber(1.0))", "bread.plot()", ".fit(", "images("):
        assert shown.pictures(piece) >= 1, f"the cell with {piece} shows no picture"
    assert "<script" in shown.html("mse().explore()")
    assert shown.number(".fit(", "val_accuracy") >= 0.95


@expects("15-mnist-cnn")
def mnist_cnn(shown):
    for piece in ("images(", "model.plot()", ".fit(", "history.plot()", "confusionMatrix(", "worst(", "rows(247, 248), 1)"):
        assert shown.pictures(piece) >= 1, f"the cell with {piece} shows no picture"
    assert "93,322" in shown.text("model.summary()")
    # Before training it knows nothing, after it what the published network knew.
    assert shown.number("model.evaluate(", "accuracy") <= 0.3
    loss, accuracy = map(float, re.search(r"ours\s+(\S+)\s+(\S+)", shown.text("var exam")).groups())
    assert accuracy >= 0.985
    assert loss <= 0.1116
    assert shown.number(".fit(", "val_accuracy") == accuracy
    assert "the truth: 4" in shown.text("var p = model.predict(")
    assert float(shown.text("argMax(1)")) >= 0.98
    # Known on Linux alone; with the library it leaves room in a Binder container of 2 GB.
    assert shown.run.peak_bytes is None or shown.run.peak_bytes <= 1e9
