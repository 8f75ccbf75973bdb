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
