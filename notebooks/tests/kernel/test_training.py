"""Training inside a kernel, whichever it is: interrupted, gone on with, and a hundred times over."""

from pathlib import Path

MODEL = """
var digits = syntheticDigits(2000, 1);
var model = sequential(
        input(28, 28, 1),
        conv2d(8, 3).relu(),
        maxPooling2d(4),
        flatten(),
        dense(10).softmax())
    .compile(adam(), sparseCategoricalCrossentropy(), accuracy());
"""


def test_an_interrupt_stops_fit_within_a_second_and_fit_goes_on_from_there(kernel):
    assert kernel.run(MODEL).status == "ok"
    request = kernel.send("var history = model.fit(digits, epochs(100_000).batchSize(32).seed(1));")
    kernel.wait_for(request, "update_display_data")
    kernel.manager.interrupt_kernel()
    answer = kernel.finish(request)
    assert answer.status == "error"
    assert answer.seconds < 1.9
    assert "interrupted" in answer.report
    assert answer.text("stderr") == ""

    kept = 'java.util.Arrays.hashCode(model.weightValues("dense/kernel").toFloats())'
    before = kernel.run(kept).value["text/plain"]
    assert kernel.run(kept).value["text/plain"] == before
    # IJava drops what fit says as it ends; the history keeps it.
    stopped = kernel.run("model.history().stopped().get()").value["text/plain"]
    assert stopped.startswith("fit was interrupted in epoch")
    assert "the weights are kept" in stopped
    epochs = int(kernel.run("model.history().epochs().size()").value["text/plain"])
    assert epochs >= 1

    again = kernel.run("model.fit(digits, epochs(1).batchSize(32).seed(1)).epochs().size()")
    assert again.value["text/plain"] == "1"
    assert kernel.run(kept).value["text/plain"] != before


def test_the_live_display_of_fit_is_one_and_stays(kernel):
    kernel.run(MODEL)
    answer = kernel.run("model.fit(digits, epochs(2).batchSize(32).seed(1)).last(\"accuracy\") > 0.2")
    assert answer.value["text/plain"] == "true"
    shown = answer.of("display_data", "update_display_data")
    assert len(answer.of("display_data")) == 1
    assert "epoch 2 of 2" in shown[-1]["data"]["text/plain"]
    assert "done in" in shown[-1]["data"]["text/plain"]
    assert "<img" in shown[-1]["data"]["text/html"]


def test_a_callback_of_a_cell_reads_the_model_and_its_mistake_is_named(kernel):
    kernel.run(MODEL)
    kernel.run("var heard = new java.util.ArrayList<Double>();")
    listening = "onEpochEnd(run -> heard.add(model.evaluate(digits).loss()))"
    assert kernel.run(f"model.fit(digits, epochs(2).quiet().callbacks({listening}));").status == "ok"
    assert kernel.run("heard.size()").value["text/plain"] == "2"
    failing = 'onEpochEnd(run -> { throw new IllegalStateException("out of ink"); })'
    answer = kernel.run(f"model.fit(digits, epochs(2).quiet().callbacks({failing}));")
    assert answer.status == "error"
    said = "onEpochEnd failed in epoch 1 of 2 after 63 of 63 batches with IllegalStateException (out of ink)"
    assert said in answer.report
    assert kernel.run("model.history().epochs().size()").value["text/plain"] == "1"


SEARCH = """
var digits = syntheticDigits(2000, 1);
var hunt = search(space("filters", 4, 8).and("rate", logUniform(1e-3, 1e-1)), s ->
        sequential(input(28, 28, 1), conv2d(s.integer("filters"), 3).relu(), maxPooling2d(4), flatten(), dense(10).softmax())
            .compile(adam().learningRate(s.number("rate")), sparseCategoricalCrossentropy(), accuracy()))
    .random(3).seed(1).monitor("val_accuracy");
var options = epochs(40).validationSplit(0.2);
"""


def test_an_interrupted_search_keeps_what_it_found_and_goes_on(kernel):
    assert kernel.run(SEARCH).status == "ok"
    request = kernel.send("hunt.fit(digits, options)")
    kernel.wait_for(request, "update_display_data")
    kernel.manager.interrupt_kernel()
    answer = kernel.finish(request)
    assert answer.status == "error"
    assert answer.seconds < 1.9
    assert "interrupted" in answer.report
    assert "of 3 trials: call fit to continue" in kernel.run("hunt.found()").value["text/plain"]
    answer = kernel.run("hunt.fit(digits, options)")
    assert answer.status == "ok"
    assert "the best first: by val_accuracy, more is better" in answer.value["text/plain"]
    assert kernel.run("hunt.found().trials().size()").value["text/plain"] == "3"
    assert "image/png" in kernel.run("hunt.found().plot()").value


def resident_megabytes(pid):
    status = Path(f"/proc/{pid}/status").read_text()
    (line,) = [each for each in status.splitlines() if each.startswith("VmRSS")]
    return int(line.split()[1]) / 1024


def test_a_hundred_models_in_unnamed_results_leave_the_memory_level(embedded):
    made = MODEL.strip().replace("var digits = syntheticDigits(2000, 1);", "").replace("var model = ", "").rstrip(";")
    embedded.run("var digits = syntheticDigits(200, 1);")

    def models(count):
        for _ in range(count):
            # JShell never lets go of the value of such a cell.
            assert embedded.run(f"{made.strip()}\n.fit(digits, epochs(1).batchSize(32).quiet())").status == "ok"
            assert embedded.run(made.strip()).status == "ok"

    models(50)
    before = resident_megabytes(embedded.pid)
    models(50)
    assert resident_megabytes(embedded.pid) - before < 60
