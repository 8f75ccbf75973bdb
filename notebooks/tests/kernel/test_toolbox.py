"""Cells of a lesson on training, as a reader would type them, and what comes back."""

import pytest

BLOBS = """
var blobs = table(makeBlobs(200).table()).target("class").standardized().split(0.8, 1);
var model = sequential(input(2), dense(8).relu(), dense(3).softmax())
    .compile(adam().learningRate(0.02), sparseCategoricalCrossentropy(), accuracy());
model.fit(blobs.train(), epochs(20).seed(1).quiet());
"""
TINY = """
var x = matrix(row(0.5, -1), row(1, 0.25));
var y = vector(1, 0);
var tiny = sequential(input(2), dense(3).tanh(), dense(1).sigmoid()).seed(1)
    .compile(sgd(), binaryCrossentropy());
"""


@pytest.fixture(scope="module")
def taught(embedded):
    """A kernel in which a model has been trained."""
    for cell in (BLOBS, TINY):
        answer = embedded.run(cell)
        assert answer.status == "ok", answer.report
    return embedded


@pytest.mark.parametrize(
    ("cell", "kind", "words"),
    [
        ("adam().formula()", "text/latex", "w ← w − α·m/(√(v) + ε)"),
        ("cosineDecay(0.1, 100).plot(200)", "text/html", "learning rate over step"),
        (
            "descend((a, b) -> a.square().plus(b.square()), vector(3, 1), sgd().learningRate(0.1), adam())",
            "image/png",
            "adam: from (3, 1) in 50 steps",
        ),
        ("makeMoons(100).plot()", "image/png", "50 class 0, 50 class 1"),
        ("blobs.train()", "text/html", "160 samples [2], 3 classes: x1, x2 → class"),
        ("report(model, blobs.test())", "text/html", "accuracy                         1.0000       40"),
        ("confusionMatrix(model, blobs.test())", "image/png", "40 of 40 right"),
        ("rocCurve(model, blobs.test())", "image/png", "true positive rate over false positive rate"),
        ("model.evaluate(makeBlobs(50).seed(2).table())", "text/html", "on 50 samples"),
        ("model.predict(makeBlobs(3).table())", "text/html", "[["),
        ("model.plot()", "text/html", "27 parameters"),
        ("backprop(tiny, x, y)", "text/markdown", "∂L/∂W1 = A0ᵀ Δ1"),
        ("gradientCheck(tiny, x, y)", "text/html", "all 13 weights agree"),
        ("landscape(tiny, dataset(x, y)).resolution(5)", "image/png", "The loss of 2 samples around the weights"),
        ("f1().macro()", "text/plain", "f1_score"),
    ],
)
def test_what_a_cell_ends_with_is_shown(taught, cell, kind, words):
    answer = taught.run(cell)
    assert answer.status == "ok", answer.report
    assert kind in answer.value
    assert words in answer.value["text/plain"]
    assert answer.text("stderr") == ""


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("plot(null, mse())", "plot expects losses but receives null: run the cell that makes it first."),
        ("adam().learningRate(-1)", "adam expects a learning rate above 0 but receives -1.0:"),
        ('csv("none.csv")', "csv expects a file but finds nothing at none.csv:"),
        ('blobs.prepare(makeMoons(5).table().rejectColumns("x2"))', "prepare expects a column x2"),
        (
            'model.fit(blobs.train(), epochs(1).quiet().callbacks(earlyStopping().monitor("val_acc")))',
            'earlyStopping expects to monitor a figure of this run but receives "val_acc"',
        ),
        ("model.predict(vector(1, 2, 3))", "predict expects samples [2], as the model's input says, but receives"),
        ("report(model, null)", "report expects a dataset but receives null:"),
        ("sequential(input(2), dense(1)).compile(null, mse())", "compile expects an optimizer but receives null:"),
        (
            "backprop(sequential(input(2), dense(1).activityRegularizer(l2(1))).compile(sgd(), mse()), x, y)",
            "backprop expects a loss without penalties on weights and outputs",
        ),
    ],
)
def test_a_mistake_is_answered_in_its_first_line(taught, cell, said):
    answer = taught.run(cell)
    assert answer.status == "error"
    assert said in answer.report.splitlines()[0]
    assert answer.text("stderr") == ""


def test_the_loop_by_hand_learns(taught):
    answer = taught.run("""
        var before = tiny.evaluate(x, y).loss();
        for (int i = 0; i < 100; i++) {
            for (var batch : dataset(x, y).shuffled(i).batches(1)) {
                tiny.zeroGrad();
                tiny.loss(batch.x(), batch.y()).backward();
                tiny.step();
            }
        }
        tiny.evaluate(x, y).loss() < 0.8 * before
    """)
    assert answer.value["text/plain"] == "true"


@pytest.mark.parametrize(
    ("cell", "offered"),
    [
        ("adam().", {"learningRate(", "beta1(", "amsgrad()", "clipNorm(", "weightDecay(", "formula()"}),
        ("sgd().", {"momentum(", "nesterov()", "learningRate("}),
        ("dense(64).", {"relu(", "sigmoid()", "kernelRegularizer(", "named(", "frozen()", "of("}),
        ("epochs(5).", {"batchSize(", "validation(", "callbacks(", "seed("}),
        ("augment().", {"shift(", "rotate(", "zoom(", "plot("}),
        ("earlyStopping().", {"monitor(", "patience(", "restoreBestWeights()"}),
        ("f1().", {"macro()", "classId(", "perClass()"}),
        ("model.", {"fit(", "evaluate(", "predict(", "save(", "summary()", "plot()", "history()"}),
    ],
)
def test_tab_offers_how_to_refine_it(taught, cell, offered):
    matches = taught.ask(taught.client.complete, cell, len(cell))["matches"]
    assert offered <= set(matches)
