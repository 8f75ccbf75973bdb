"""That each rule about notebooks can be kept and can be broken, on made notebooks, without a kernel."""

import base64
import io

import compared
import contents
import execute
import expects
import kept
import nbformat
import pictures
import prose
import pytest
import solutions
import structure
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image, ImageDraw

ORANGE, BLUE = (213, 94, 0), (0, 114, 178)


def plain(text):
    return new_output("execute_result", data={"text/plain": text}, execution_count=1)


def printed(text):
    return new_output("stream", name="stdout", text=text)


def data(**kinds):
    return new_output("display_data", data={kind.replace("__", "/").replace("_", "+"): value for kind, value in kinds.items()})


def cell(*outputs, source="mse()", **metadata):
    return new_code_cell(source, outputs=list(outputs), metadata=metadata, execution_count=1)


def drawn(colour=ORANGE, at=60, size=(320, 180)):
    """A curve of one colour on a card, as a PNG."""
    picture = Image.new("RGB", size, (252, 252, 250))
    ImageDraw.Draw(picture).line([(20, at), (160, at + 60), (300, at)], fill=colour, width=3)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()


def svg(colour="rgb(213,94,0)", label="0.25", more=""):
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" aria-label="loss {label}"><path style="stroke:{colour}" d="M0,0"/>'
        f"<text>{label}</text>{more}</svg>"
    )


# --- Promises ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "promise, shown",
    [
        ("0.152", "0.15200309344504995"),
        ("0.25", "sum 0.5\nmean  0.25"),
        ("divided by n = 2 samples 0.25", "divided by n = 2   samples     0.25 kg"),
        ("[-0.5, 0.5]", "[-0.5, 0.5]"),
        ("(−0.5)²", "(5 − 5.5)² = (−0.5)²"),
        ("93,322", "of 93322 parameters"),
        ("-1e-7", "ε = −0.0000001"),
        ("val_accuracy >= 0.98", "val_loss 0.1 · val_accuracy 0.9812"),
        ("loss <= 0.3", "loss 0.9\nloss = 0.2900"),
        ("gap >= -2", "gap: −1.5"),
        ("1 − p <= 0.2", "1 − p = 0.1"),
        (">= 0.98", "0.989"),
        ("<= 3", "2.5"),
    ],
)
def test_a_promise_is_kept(promise, shown):
    assert expects.unmet(cell(plain(shown), expects=promise)) == []


@pytest.mark.parametrize(
    "promise, shown",
    [
        ("0.152", "0.1526"),
        ("0.25", "-0.25"),
        ("0.25", "10.25"),
        ("2", "2.4"),
        ("2", "conv2d_2"),
        ("0.250", "0.2504999 and 0.2506".replace("0.2504999", "0.2511")),
        ("sample", "2 samples"),
        ("[-0.5, 0.5]", "[0.5, -0.5]"),
        ("val_accuracy >= 0.98", "accuracy 0.99 · val_accuracy 0.9712"),
        ("loss <= 0.3", "loss 0.29\nloss 0.31"),
        ("loss <= 0.3", "val_loss 0.1"),
        ("loss <= 0.3", "loss of 0.1"),
        (">= 0.98", "0.97"),
        (">= 0.98", "0.99 and 0.99"),
        (">= 0.98", "none"),
        ("picture", "picture"),
        ("", "0.25"),
        (0.25, "0.25"),
        ([0.25], "0.25"),
    ],
)
def test_a_promise_is_broken(promise, shown):
    assert len(expects.unmet(cell(plain(shown), expects=promise))) == 1


def test_each_promise_of_a_list_is_one():
    assert expects.unmet(cell(plain("loss 0.25"), expects=["0.25", "loss", "mae", "loss <= 0.2"])) == [
        "expects 'mae'",
        "expects 'loss <= 0.2', but it is 0.25",
    ]


def test_streams_and_errors_are_shown_as_well():
    wrong = new_output("error", ename="IllegalArgumentException", evalue="divide by 100", traceback=["at line 1"])
    assert expects.unmet(cell(printed("loss 0.25\n"), wrong, expects=["0.25", "divide by 100", "IllegalArgumentException"])) == []
    assert expects.unmet(cell(wrong, expects="at line 1")) != []


@pytest.mark.parametrize("shown", [{"image__png": "iVBO"}, {"image__svg_xml": "<svg/>"}, {"text__html": '<p><img src="">'}])
def test_a_picture_is_one_in_any_of_its_forms(shown):
    assert expects.unmet(cell(data(**shown), expects="picture")) == []


def test_a_page_without_an_image_is_no_picture():
    assert expects.unmet(cell(data(text__html="<table><td>img</table>"), expects="picture")) != []


# --- What is committed -------------------------------------------------------------------------------------------------


def differ(was, now, *tags):
    return compared.differences(cell(was, tags=list(tags)), cell(now))


@pytest.mark.parametrize(
    "was, now",
    [
        ("loss 0.1520", "loss  0.1520"),
        ("0.15200309344504995", "0.15200309344505001"),
        ("0.7310586", "0.7310587"),
        ("done in 16 s, loss 0.2", "done in 2 min 05 s, loss 0.2"),
        ("done in 0.8 ms", "done in 1 h 02 min"),
    ],
)
def test_the_same_text(was, now):
    assert differ(plain(was), plain(now)) == []


@pytest.mark.parametrize(
    "was, now",
    [
        ("loss 0.1520", "loss 0.1521"),
        ("0.25", "0.26"),
        ("0.7310586", "0.7310666"),
        ("2 samples", "3 samples"),
        ("mse", "mae"),
        ("mse", "mse of"),
        ("conv2d_1", "conv2d_2"),
        ("-0.5", "0.5"),
        ("loss ▁▃█", "loss ▁▅█"),
        ("16 s", "17 s"),
    ],
)
def test_another_text(was, now):
    assert differ(plain(was), plain(now)) != []


@pytest.mark.parametrize("was, now", [("accuracy 0.9908", "accuracy 0.9850"), ("100", "104"), ("loss ▁▃█", "loss ▁▅▇█")])
def test_what_training_moves_a_little(was, now):
    assert differ(plain(was), plain(now)) != []
    assert differ(plain(was), plain(now), "trained") == []


@pytest.mark.parametrize("was, now", [("accuracy 0.9908", "accuracy 0.9"), ("100", "106"), ("loss 1", "mse 1"), ("1 2", "1")])
def test_what_training_does_not_explain(was, now):
    assert differ(plain(was), plain(now), "trained") != []


def test_what_varies_keeps_its_kinds():
    assert differ(plain("7, is 0"), plain("1, is 6"), "varies") == []
    assert differ(plain("7, is 0"), printed("7, is 0"), "varies") != []
    assert compared.differences(cell(plain("1"), tags=["varies"]), cell()) != []


def test_kinds_are_compared():
    assert differ(plain("1"), printed("1")) != []
    assert differ(data(text__plain="1"), data(text__plain="1", text__latex="1")) != []


def test_a_stream_may_come_in_pieces():
    assert compared.differences(cell(printed("a\nb\n")), cell(printed("a\n"), printed("b\n"))) == []
    assert compared.differences(cell(printed("a\nb\n")), cell(printed("a\n"), printed("c\n"))) != []


def test_work_that_took_a_while_may_take_none():
    work = data(text__plain="landscape: 441 of 441 places in 3.0 s", text__html="<progress></progress>")
    assert compared.differences(cell(work, plain("1")), cell(plain("1"))) == []
    assert compared.differences(cell(plain("1")), cell(work, plain("1"))) == []
    unfinished = data(text__plain="landscape: 400 of 441 places · 3 s left")
    assert compared.differences(cell(unfinished, plain("1")), cell(plain("1"))) != []


def test_errors_are_compared_but_not_where_in_the_library_they_arose():
    def wrong(says, line):
        return new_output("error", ename="E", evalue=says, traceback=[f"at Loss.of(Loss.java:{line})"])

    assert differ(wrong("expects 2", 1), wrong("expects 2", 9)) == []
    assert differ(wrong("expects 2", 1), wrong("expects 3", 1)) != []


@pytest.mark.parametrize(
    "was, now, alike",
    [
        ("<b>loss</b> 0.25", "<i>loss</i> 0.25", True),
        ("<b>loss</b> 0.25", "<b>loss</b> 0.26", False),
        ("<script>let a = 1</script>x", "<script>let a = 2</script>x", True),
        ('<img alt="falls">', '<img alt="rises">', False),
        (f'<img src="data:image/png;base64,{drawn()}">', f'<img src="data:image/png;base64,{drawn(BLUE)}">', False),
        (f'<img src="data:image/png;base64,{drawn()}">', f'<img src="data:image/png;base64,{drawn(at=61)}">', True),
        (f'<img src="data:image/png;base64,{drawn()}">', "<img>", False),
    ],
)
def test_pages_are_compared_by_their_words_and_pictures(was, now, alike):
    assert (differ(data(text__html=was), data(text__html=now)) == []) == alike


def test_of_a_notebook_each_difference_says_its_cell():
    was, now = new_notebook(cells=[cell(plain("1"), source="one()")]), new_notebook(cells=[cell(plain("2"))])
    assert compared.of_notebook(was, was) == []
    assert "one()" in compared.of_notebook(was, now)[0]


# --- Pictures ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "other, alike",
    [
        ({}, True),
        ({"at": 63}, True),
        ({"colour": BLUE}, False),
        ({"colour": (230, 159, 0)}, False),
        ({"at": 100}, False),
        ({"size": (330, 180)}, False),
    ],
)
def test_a_png_is_alike_when_colours_and_places_are(other, alike):
    assert (pictures.png_differences(pictures.png(drawn()), pictures.png(drawn(**other))) == []) == alike


def test_a_png_that_training_drew_keeps_its_colours():
    was = pictures.png(drawn())
    assert pictures.png_differences(was, pictures.png(drawn(at=100)), loose=True) == []
    assert pictures.png_differences(was, pictures.png(drawn(colour=BLUE)), loose=True) != []


def test_a_png_without_colours_is_compared_by_its_look():
    def grey(shade):
        out = io.BytesIO()
        Image.new("L", (32, 32), shade).save(out, "PNG")
        return out.getvalue()

    assert pictures.png_differences(grey(100), grey(104)) == []
    assert pictures.png_differences(grey(100), grey(150)) != []


@pytest.mark.parametrize(
    "other, alike",
    [
        ({}, True),
        ({"colour": "#d55e00"}, True),
        ({"colour": "#0072b2"}, False),
        ({"label": "0.2500000001"}, True),
        ({"label": "0.26"}, False),
        ({"more": "<path/>"}, False),
    ],
)
def test_an_svg_is_alike_when_colours_words_and_elements_are(other, alike):
    assert (differ(data(image__svg_xml=svg()), data(image__svg_xml=svg(**other))) == []) == alike


def test_an_svg_that_training_drew_keeps_its_colours_and_kinds_of_elements():
    def trained(**other):
        return differ(data(image__svg_xml=svg()), data(image__svg_xml=svg(**other)), "trained")

    assert trained(label="0.9", more="<path/>") == []
    assert trained(colour="#0072b2") != []
    assert trained(more="<circle/>") != []


# --- Solutions and numbers of the text ---------------------------------------------------------------------------------

FOLDED = "1. Try it.\n\n<details><summary>Solution</summary>\n\n```java\nmae()\n```\n\nIt is 0.75.\n\n```java\nmse()\n```\n</details>\n"


def test_solutions_are_the_folded_blocks_in_order():
    nb = new_notebook(cells=[new_markdown_cell(FOLDED + "```java\nnot folded\n```"), cell(source="x")])
    assert solutions.of(nb) == ["mae()", "mse()"]
    assert [c.source for c in solutions.appended(nb).cells[2:]] == ["mae()", "mse()"]
    assert len(nb.cells) == 2


@pytest.mark.parametrize("text", ["It is 0.152.", "76.4 %", "60,000 images in 2026", "$0.15$", "`dropout(0.5)`", "version 1.2.3", "[x](a/0.9)"])
def test_a_number_that_a_cell_has(text):
    assert prose.unsaid(new_notebook(cells=[new_markdown_cell(text), cell(plain("-0.15200309"), source="0.764")])) == []


@pytest.mark.parametrize("text", ["It is 0.153.", "0.1520 or 0.15201", "`0.9`", "77.1 %", "| 0.9 |", "$0.9$"])
def test_a_number_that_no_cell_has(text):
    assert len(prose.unsaid(new_notebook(cells=[new_markdown_cell(text), cell(plain("-0.15200309"), source="0.764")]))) == 1


def test_a_number_that_a_solution_has():
    nb = new_notebook(cells=[new_markdown_cell(FOLDED)])
    assert prose.unsaid(nb, "0.75") == prose.unsaid(nb, "0.7547") == []
    assert len(prose.unsaid(nb, "0.8")) == len(prose.unsaid(nb)) == 1


@pytest.mark.parametrize(
    ("choices", "unsaid"),
    [
        ('.wrong("0.9", "No, it is 0.25.")', 0),
        ('.wrong("0.25", "No, it is 0.9.")', 1),
        ('.right("0.9", "Yes.")', 1),
        ('.right("yes", "It is \\"mse\\": "\n        + "0.9 kg.")', 1),
        ('.right(\n    "`mse(0.9)`", "Yes.")', 0),
    ],
)
def test_a_number_that_a_quiz_claims(choices, unsaid):
    nb = new_notebook(cells=[cell(plain("0.25")), cell(source=f'quiz("How much is 0.7?")\n    {choices}')])
    assert len(prose.unsaid(nb)) == unsaid


# --- Structure ---------------------------------------------------------------------------------------------------------


RECAP = "## In short\n\n| term | what it means |\n|---|---|\n| loss | how wrong |\n| cost | their mean |\n| slope | which way |"
QUIZ = 'quiz("Which?").right("this", "It is.").wrong("that", "It is not.")'


def quiz(hidden=True):
    return cell(source=QUIZ, **({"jupyter": {"source_hidden": True}} if hidden else {}))


def notebook(*cells, first="# How wrong is it?", last="And then? → [01](01-mean-squared-error.ipynb)", **metadata):
    """A notebook that keeps all rules, with some cells more."""
    middle = [cell(plain("0.25"), source=f"mse({i})", expects="0.25") for i in range(3)]
    recap = [new_markdown_cell(RECAP), quiz(), quiz()]
    nb = new_notebook(cells=[new_markdown_cell(first), *middle, *cells, *recap, new_markdown_cell(FOLDED), new_markdown_cell(last)])
    nb.metadata.update({"kernelspec": {"name": "lossbook"}, "language_info": {"name": "Java"}} | metadata)
    for count, one in enumerate([c for c in nb.cells if c.cell_type == "code"], 1):
        one.execution_count = count
    return nb


def test_a_notebook_that_keeps_all_rules():
    pictured = data(image__png=drawn(), text__html='<img alt="a curve">', text__plain="a curve")
    cells = [cell(pictured, tags=["varies"], expects="picture"), new_markdown_cell("![a scale](scale.png)\n\n$$\nL\n$$")]
    assert structure.complaints(notebook(*cells)) == []


def without_ids():
    nb = notebook()
    nb.cells[1].id = nb.cells[2].id
    return nb


def uncounted():
    nb = notebook()
    nb.cells[1].execution_count = None
    return nb


WRONG = new_output("error", ename="E", evalue="", traceback=[])
BROKEN = {
    "it_is_short": notebook(*[new_markdown_cell("## And") for _ in range(36)]),
    "it_asks_a_question": notebook(first="# The mean squared error"),
    "it_leads_on": notebook(last="The end."),
    "what_is_folded_is_closed": notebook(new_markdown_cell("<details>\nnever closed")),
    "it_has_exercises": notebook(new_markdown_cell("<details>\n\n```java skip\nmse()\n```\n</details>")),
    "it_ends_with_a_recap": new_notebook(cells=[new_markdown_cell("# Which?"), quiz(), quiz()]),
    "it_promises_enough": new_notebook(cells=[cell(plain("1"), expects="1")]),
    "its_kernel_is_lossbook": notebook(kernelspec={"name": "java"}),
    "its_cells_are_named_once": without_ids(),
    "its_file_is_small": notebook(*[cell(plain("x" * 290_000)) for _ in range(6)]),
    "it_names_no_registry": notebook(new_markdown_cell("from maven." + "example.org")),
    "its_prose_is_brief": notebook(new_markdown_cell("A line.\n" * 3), new_markdown_cell("A line.\n" * 3), cell()),
    "its_lines_of_prose_are_short": notebook(new_markdown_cell("word " * 41)),
    "its_pictures_are_described": notebook(cell(data(image__png=drawn(), text__plain="a curve"))),
    "its_lines_of_code_fit": notebook(cell(source="x" * 101)),
    "its_metadata_is_known": notebook(cell(tags=["varies"])),
    "it_was_executed_once_from_top_to_bottom": uncounted(),
    "its_errors_are_on_purpose": notebook(cell(WRONG)),
    "it_says_nothing_on_stderr": notebook(cell(new_output("stream", name="stderr", text="oh"))),
    "its_outputs_show_everywhere": notebook(cell(plain("x" * 300_001))),
}


@pytest.mark.parametrize("rule", structure.RULES, ids=lambda rule: rule.__name__)
def test_each_rule_can_be_broken(rule):
    assert list(rule(notebook())) == []
    assert len(list(rule(BROKEN[rule.__name__]))) >= 1


@pytest.mark.parametrize(
    "rule, broken",
    [
        (structure.it_leads_on, notebook(last="→ soon")),
        (structure.it_leads_on, notebook(last="→ [01](01-no-such.ipynb)")),
        (structure.it_has_exercises, new_notebook(cells=[new_markdown_cell("1. Try it.")])),
        (structure.it_ends_with_a_recap, notebook(new_markdown_cell(RECAP))),
        (structure.it_ends_with_a_recap, notebook(quiz())),
        (structure.it_ends_with_a_recap, new_notebook(cells=[new_markdown_cell(RECAP), quiz()])),
        (structure.it_ends_with_a_recap, new_notebook(cells=[new_markdown_cell(RECAP), quiz(), quiz(hidden=False)])),
        (structure.it_ends_with_a_recap, new_notebook(cells=[new_markdown_cell(RECAP.rpartition("\n")[0]), quiz(), quiz()])),
        (structure.its_kernel_is_lossbook, notebook(language_info={"version": "17.0.15"})),
        (structure.its_kernel_is_lossbook, notebook(widgets={})),
        (structure.its_pictures_are_described, notebook(new_markdown_cell("![](scale.png)"))),
        (structure.its_pictures_are_described, notebook(cell(data(text__html='<img src="" alt="">')))),
        (structure.its_lines_of_code_fit, notebook(new_markdown_cell(FOLDED.replace("mae()", "x" * 101)))),
        (structure.its_metadata_is_known, notebook(cell(tags=["golden"]))),
        (structure.its_metadata_is_known, notebook(cell(collapsed=True))),
        (structure.its_errors_are_on_purpose, notebook(cell(plain("fine"), tags=["raises-exception"]))),
        (structure.its_outputs_show_everywhere, notebook(cell(data(image__jpeg="")))),
        (structure.its_outputs_show_everywhere, notebook(cell(data(**{"application__vnd.jupyter.widget-view_json": {}})))),
    ],
)
def test_a_rule_can_be_broken_in_other_ways(rule, broken):
    assert len(list(rule(broken))) == 1


def test_quizzes_do_not_make_a_notebook_long():
    full = [new_markdown_cell("## And") for _ in range(structure.CELLS - 7)]
    assert list(structure.it_is_short(notebook(*full, quiz()))) == []
    assert len(list(structure.it_is_short(notebook(*full, cell())))) == 1


def test_headings_formulas_tables_exercises_and_solutions_are_no_lines_of_prose():
    text = "## Why?\n\nRead *this*.\n- and this\n\n$$\nL = 1\n$$\n\n| a | b |\n1. Try.\n\n```java\ncode\n```\n" + FOLDED
    assert structure.prose(text) == ["Read *this*.", "- and this"]


# --- What an update keeps ----------------------------------------------------------------------------------------------


def test_an_update_puts_in_outputs_and_nothing_else(tmp_path):
    path = tmp_path / "it.ipynb"
    nb = notebook()
    nbformat.write(nb, path)
    fresh = nbformat.read(path, as_version=4)
    fresh.metadata.language_info = {"name": "Java", "version": "25"}
    fresh.cells[1].source, fresh.cells[1].id, fresh.cells[1].metadata = "other()", "other", {"execution": {}}
    fresh.cells[1].outputs = [printed("a\n"), printed("b\n")]
    kept.keep(fresh, path)
    after = nbformat.read(path, as_version=4)
    assert after.cells[1].outputs == [printed("a\nb\n")]
    after.cells[1].outputs = nb.cells[1].outputs
    assert after == nb


def test_an_update_that_only_took_another_time_changes_no_byte(tmp_path):
    path = tmp_path / "it.ipynb"

    def outputs(seconds, line):
        trace = [f"at Loss.of(Loss.java:{line})"]
        return [plain(f"done in {seconds} s"), new_output("error", ename="E", evalue="", traceback=trace)]

    nbformat.write(notebook(cell(*outputs(16, 116))), path)
    before = path.read_bytes()
    for fresh in (nbformat.read(path, as_version=4), notebook(cell(*outputs(17, 118)))):
        kept.keep(fresh, path)
        assert path.read_bytes() == before
    kept.keep(notebook(cell(plain("done in 16 s, loss 0.2"))), path)
    assert path.read_bytes() != before


# --- What the README says is where -------------------------------------------------------------------------------------

TABLES = """
| notebook | the question |
|---|---|
| [01](01-mse.ipynb) | How wrong is it? |

| formula | notebook | call |
|---|---|---|
| MSE, \\|y\\| | [01](01-mse.ipynb) | `mse( 1 )`, `mae()` |
"""


@pytest.fixture
def course(tmp_path):
    nbformat.write(notebook(), tmp_path / "01-mse.ipynb")
    nbformat.write(notebook(), tmp_path / f"{execute.TEMPLATE}.ipynb")
    return tmp_path


def test_contents_that_are_true(course):
    assert contents.unlike_the_notebooks(TABLES, course) == []
    assert list(contents.without_a_row(TABLES, course)) == []
    assert contents.rows(TABLES) == [contents.Row("MSE, |y|", ["01-mse.ipynb"], "`mse( 1 )`, `mae()`")]
    assert list(contents.complaints(TABLES, course)) == []
    assert list(contents.complaints(TABLES.replace("mse( 1 )", "m…(1)"), course)) == []


@pytest.mark.parametrize("was, now", [("mse( 1 )", "mse(9)"), ("`mae()`", "`rmse()`"), ("01-mse.ipynb) | `", "02.ipynb) | `"), ("[01](01-mse.ipynb) | `", "01 | `")])
def test_a_row_that_is_not_true(course, was, now):
    assert len(list(contents.complaints(TABLES.replace(was, now), course))) == 1


@pytest.mark.parametrize("was, now", [("How wrong is it?", "How far?"), ("[01](01-mse.ipynb) | How", "[02](02.ipynb) | How"), ("\n| [01](01-mse.ipynb) | How wrong is it? |", "")])
def test_a_list_of_notebooks_that_is_not_true(course, was, now):
    assert contents.unlike_the_notebooks(TABLES.replace(was, now), course) != []


def test_a_notebook_that_is_listed_twice(course):
    line = "| [01](01-mse.ipynb) | How wrong is it? |\n"
    assert contents.unlike_the_notebooks(TABLES.replace(line, line * 2), course) != []


def test_a_notebook_that_no_row_is_about(course):
    nbformat.write(notebook(), course / "02.ipynb")
    assert ["02.ipynb" in complaint for complaint in contents.without_a_row(TABLES, course)] == [True]
