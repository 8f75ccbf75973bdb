"""What the library needs of a kernel, whichever it is: the embedded one, JJava, or the one that LOSSBOOK_TEST_KERNEL names."""

import base64
import os
import time

import pytest

KERNELS = [name] if (name := os.environ.get("LOSSBOOK_TEST_KERNEL")) else ["lossbook", "jjava"]

pytestmark = pytest.mark.parametrize("kernel", KERNELS, indirect=True, scope="module")


def test_a_loss_of_two_numbers_shows_as_a_number(kernel):
    assert kernel.run("mse().of(3, 2.5)").value == {"text/plain": "0.25"}


def test_the_value_of_a_cell_is_that_of_its_last_expression(kernel):
    assert kernel.run("var a = 2; a + 1").value["text/plain"] == "3"
    assert kernel.run("var b = 2;").value == {}
    assert kernel.run("Object nothing = null; nothing").value == {}


def test_an_array_shows_as_a_row_and_a_table(kernel):
    assert kernel.run("new double[] {-0.5, 0.1 + 0.2}").value["text/plain"] == "[-0.5, 0.3]"
    table = kernel.run("new double[][] {{1, 2}, {3, 4.5}}").value
    assert table["text/plain"] == "[[1, 2],\n [3, 4.5]]"
    assert table["text/html"] == "<table><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4.5</td></tr></table>"


RENDERABLE = """
class Shown implements org.lossbook.notebook.Renderable {
  final String text;
  Shown(String text) { this.text = text; }
  public Map<String, String> mimeBundle() { return Map.of("text/html", "<b>" + text + "</b>", "text/latex", "$" + text + "$"); }
  public String toString() { return text; }
}
"""


def test_a_renderable_shows_by_all_its_representations(kernel):
    kernel.run(RENDERABLE)
    assert kernel.run('new Shown("x")').value == {"text/plain": "x", "text/html": "<b>x</b>", "text/latex": "$x$"}


def test_arrays_and_tables_of_other_libraries_show_as_tables(kernel):
    array = kernel.run("org.nd4j.linalg.factory.Nd4j.create(new double[][] {{1, 2}, {3, 4}})").value
    assert array["text/plain"] == "[[1, 2],\n [3, 4]]"
    assert "<td>4</td>" in array["text/html"]
    table = kernel.run(
        "import tech.tablesaw.api.*;\n"
        'Table.create(StringColumn.create("name", "a<b", "c"), IntColumn.create("n", new int[] {1, 2}))'
    ).value
    assert ">name</th>" in table["text/html"]
    assert ">a&lt;b</td>" in table["text/html"]
    assert "2 rows × 2 columns" in table["text/plain"]


def test_pictures_show_as_png(kernel):
    for code in (
        "new java.awt.image.BufferedImage(3, 2, java.awt.image.BufferedImage.TYPE_INT_RGB)",
        'org.knowm.xchart.QuickChart.getChart("t", "x", "y", "s", new double[] {1, 2}, new double[] {3, 4})',
    ):
        assert base64.b64decode(kernel.run(code).value["image/png"]).startswith(b"\x89PNG")


def test_a_picture_says_in_html_what_is_to_be_seen(kernel):
    chart = kernel.run('org.knowm.xchart.QuickChart.getChart("t", "x", "y", "s", new double[] {1, 2}, new double[] {3, 4})')
    assert chart.value["text/html"].startswith('<img alt="a chart: t, y over x, of s" width="600" height="400" src="data:')
    plot = kernel.run("mse().plot()")
    assert plot.value["text/html"].startswith('<img alt="mse over prediction ŷ, where the truth is y = 1: loss from 9.000')


def test_display_and_update_display_answer_to_one_name(kernel):
    answer = kernel.run('String shown = display("first");\nupdateDisplay(shown, "second");')
    (first,) = answer.of("display_data")
    (second,) = answer.of("update_display_data")
    assert first["data"]["text/plain"] == "first"
    assert second["data"]["text/plain"] == "second"
    assert first["transient"]["display_id"] == second["transient"]["display_id"]


def test_render_gives_the_types_that_are_asked_for(kernel):
    assert kernel.run('render("<i>hm</i>", "text/html")').value["text/html"] == "<i>hm</i>"


def test_a_live_view_changes_in_place_and_then_stays(kernel):
    kernel.run(RENDERABLE)
    answer = kernel.run(
        """
        var view = org.lossbook.notebook.Screen.current().show(new Shown("1"));
        for (int i = 2; i <= 5; i++) { view.update(new Shown("" + i)); }
        view.close();
        view.update(new Shown("late"));
        """
    )
    shown = answer.of("display_data", "update_display_data")
    assert [each["data"]["text/html"] for each in shown] == [f"<b>{i}</b>" for i in range(1, 6)]
    assert len({each["transient"]["display_id"] for each in shown}) == 1
    assert len(answer.of("display_data")) == 1


def test_training_draws_its_progress_in_one_display(kernel):
    kernel.run("var moons = makeMoons(200).seed(1);")
    kernel.run("var model = sequential(input(2), dense(8).relu(), dense(1).sigmoid()).compile(adam(), binaryCrossentropy());")
    answer = kernel.run("var history = model.fit(moons, epochs(60).seed(1));")
    assert answer.status == "ok"
    (first,) = answer.of("display_data")
    updates = answer.of("update_display_data")
    assert {first["transient"]["display_id"]} == {each["transient"]["display_id"] for each in updates}
    assert "epoch 60 of 60" in updates[-1]["data"]["text/plain"]
    assert "<svg" in updates[-1]["data"]["text/html"] or "<img" in updates[-1]["data"]["text/html"]
    assert "<table" in kernel.run("history").value["text/html"]


def test_formulas_steps_models_and_explorers_show_as_such(kernel):
    assert "\\frac{1}{n}" in kernel.run("mse().formula()").value["text/latex"]
    assert "<table>" in kernel.run("mse().explain(vector(3, 5), vector(2.5, 5.5))").value["text/html"]
    assert "<table" in kernel.run("sequential(input(2), dense(1)).summary()").value["text/html"]
    assert "lossbook-explorer" in kernel.run("huber().explore()").value["text/html"]


def test_output_comes_in_order_and_before_the_cell_ends(kernel):
    answer = kernel.run('for (int i = 0; i < 200; i++) { System.out.println("line " + i); }')
    assert answer.text() == "".join(f"line {i}\n" for i in range(200))


def test_an_error_says_its_first_line(kernel):
    answer = kernel.run('throw new IllegalArgumentException("dense expects [n, 4] but receives [n, 3]: add a column.");')
    assert answer.status == "error"
    assert "dense expects [n, 4] but receives [n, 3]: add a column." in answer.report


def block(code):
    """One statement, because JJava takes no interrupt between two."""
    return f'{{ System.out.println("running"); {code} }}'


def test_an_interrupt_ends_a_cell_that_sleeps_and_one_that_polls(kernel):
    for code in ("Thread.sleep(30_000);", "while (!Thread.currentThread().isInterrupted()) { Thread.onSpinWait(); }"):
        answer = kernel.interrupted(block(code))
        assert answer.seconds < 1.9
    assert kernel.run("1 + 1").value["text/plain"] == "2"


def test_an_interrupt_in_the_middle_of_live_updates_leaves_the_kernel_whole(kernel):
    kernel.run(RENDERABLE)
    for _ in range(5):
        kernel.interrupted(
            block("""
            var live = org.lossbook.notebook.Screen.current().show(new Shown("0"));
            for (int i = 1; !Thread.currentThread().isInterrupted(); i++) {
              live.update(new Shown("" + i));
              java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
            }
            """)
        )
    time.sleep(0.5)
    assert kernel.run('System.out.println("still here");\ndisplay("shown");').text() == "still here\n"


def test_nothing_is_written_to_stderr(kernel):
    answer = kernel.run("org.nd4j.linalg.factory.Nd4j.zeros(2).sumNumber().intValue() + dense(3).hashCode() * 0")
    assert answer.status == "ok"
    assert answer.text("stderr") == ""
    assert answer.text() == ""
