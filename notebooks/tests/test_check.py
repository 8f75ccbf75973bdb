"""Lessons elsewhere: ./lossbook check says what is wrong, where, and what to do, without this course's own rules."""

import check
import execute
import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output


def lesson(*cells):
    """Of a class that uses another kernel, has no exercises and links nowhere."""
    return new_notebook(cells=[new_markdown_cell("# Stones in a river"), *cells], metadata={"authors": ["A. Teacher"]})


def said(text, *cells):
    return [(cell, what) for cell, what, _ in check.findings(lesson(*cells)) if text in what]


def test_a_lesson_that_is_not_of_this_course_has_nothing_to_answer_for():
    shown = new_code_cell("1 + 1", execution_count=1, outputs=[new_output("execute_result", {"text/plain": "2"}, execution_count=1)])
    assert check.findings(lesson(shown, new_markdown_cell("\n".join(["Another line."] * 20)))) == []


@pytest.mark.parametrize(
    "text, cell",
    [
        ("a picture has no alt text", new_markdown_cell("![](river.png)")),
        ("a <details> is not closed", new_markdown_cell("<details>\nnever closed")),
        ("a line of code has 101 characters", new_code_cell("x" * 101, execution_count=1)),
        ("a line of prose has 201 characters", new_markdown_cell("x" * 201)),
        ("an error without the tag", new_code_cell("f()", execution_count=1, outputs=[new_output("error", ename="E", evalue="e")])),
        ("it writes to stderr", new_code_cell("f()", execution_count=1, outputs=[new_output("stream", name="stderr", text="!")])),
        ("no cell has or shows the 2.75 of the text", new_markdown_cell("It weighs 2.75 kg.")),
    ],
)
def test_a_finding_names_the_cell(text, cell):
    [(number, what)] = said(text, cell)
    assert number == 2
    assert "begins with" not in what


def test_a_cell_that_was_not_run_is_a_finding_about_the_whole():
    [(number, _)] = said("not numbered from 1", new_code_cell("1"))
    assert number is None


def test_it_prints_file_cell_what_and_fix_and_fails(tmp_path, capsys):
    path = tmp_path / "river.ipynb"
    nbformat.write(lesson(new_markdown_cell("![](river.png)")), path)
    assert check.main([str(path)]) == 1
    first, second = capsys.readouterr().out.splitlines()
    assert first == f"{path}, cell 2: a picture has no alt text"
    assert second.startswith("    fix: say what the picture shows: ![what it shows](…)")


def test_what_is_no_notebook_is_said(tmp_path, capsys):
    (tmp_path / "a.ipynb").write_text("no JSON")
    assert check.main([str(tmp_path / "a.ipynb"), str(tmp_path / "none.ipynb")]) == 1
    out = capsys.readouterr().out
    assert "a.ipynb: it is no notebook" in out and "none.ipynb: it cannot be read: No such file" in out
    assert check.main([]) == 2


def test_lessons_of_the_course_keep_the_general_rules(capsys):
    paths = [str(path) for path in sorted(execute.NOTEBOOKS.glob("0[0-3]-*.ipynb"))]
    check.main(paths)
    wrong = [line for line in capsys.readouterr().out.splitlines() if "cell" in line and "of the text" not in line]
    assert len(paths) >= 4 and wrong == []
