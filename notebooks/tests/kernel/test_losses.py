"""Losses as a reader meets them in a cell: the worked numbers, what is shown, and what a first cell must not wait for."""

from pathlib import Path

import pytest

WORKED = "var y = vector(3, 5); var yHat = vector(2.5, 5.5); var label = vector(1, 0); var p = vector(0.9, 0.1);"


def test_a_first_loss_does_not_wait_for_native_libraries(kernel):
    assert kernel.run("mse().of(3, 2.5)").value == {"text/plain": "0.25"}
    mapped = Path(f"/proc/{kernel.pid}/maps")
    if mapped.exists():  # on Linux alone
        assert "libnd4j" not in mapped.read_text()


def number(kernel, cell):
    return float(kernel.run(cell).value["text/plain"])


def test_the_worked_numbers_are_those_that_tutorials_print(kernel):
    kernel.run(WORKED)
    assert number(kernel, "mse().of(y, yHat)") == 0.25
    assert kernel.run("mse().gradient(y, yHat)").value["text/plain"] == "[-0.5, 0.5]"
    assert number(kernel, "categoricalCrossentropy().of(label, p)") == pytest.approx(0.105, abs=5e-4)
    assert number(kernel, "categoricalCrossentropy().bits().of(label, p)") == pytest.approx(0.152, abs=5e-4)
    assert number(kernel, "binaryCrossentropy().bits().of(label, p)") == pytest.approx(0.152, abs=5e-4)
    assert number(kernel, "sparseCategoricalCrossentropy().of(vector(1), matrix(row(0.05, 0.9, 0.05)))") == pytest.approx(
        0.105, abs=5e-4
    )


def test_formulas_show_as_mathematics_and_steps_as_a_table(kernel):
    kernel.run(WORKED)
    formula = kernel.run("mse().formula()").value
    assert formula["text/latex"] == r"$$L = \frac{1}{n}\sum_{i=1}^{n} \left(y_{i} - \hat y_{i}\right)^2$$"
    assert formula["text/plain"] == "L = 1/n Σᵢ (yᵢ − ŷᵢ)²"
    assert kernel.run("mse().derivative()").value["text/plain"] == "∂L/∂ŷ = 2(ŷ − y)/n"
    steps = kernel.run("categoricalCrossentropy().bits().explain(label, p)").value
    assert "1·log₂(0.9) + 0·log₂(0.1)" in steps["text/plain"]
    assert "0.152003 bits" in steps["text/html"]


def test_a_loss_of_ones_own_has_everything_a_built_in_one_has(kernel):
    kernel.run('var pinball = loss("pinball", (t, q) -> t.minus(q).times(0.9).max(q.minus(t).times(0.1)));')
    assert "max" in kernel.run("pinball.formula()").value["text/latex"]
    assert "0.9" in kernel.run("pinball.explain(vector(3), vector(2))").value["text/html"]
    assert "text/html" in kernel.run("pinball.plot()").value
    trained = kernel.run(
        "var m = sequential(input(1), dense(1)).seed(1).compile(sgd(), pinball);\n"
        "var h = m.fit(new double[][] {{1}, {2}}, new double[][] {{2}, {4}}, epochs(50).seed(1).quiet());\n"
        'h.last("loss")'
    )
    assert float(trained.value["text/plain"]) < 0.5
