"""Holds notebooks/README.md to the notebooks that it leads to."""

import contents
import execute


def test_it_lists_every_notebook_with_its_question():
    assert contents.unlike_the_notebooks(contents.README.read_text(), execute.NOTEBOOKS) == []


def test_what_it_says_is_where_is_there():
    assert list(contents.complaints(contents.README.read_text(), execute.NOTEBOOKS)) == []


def test_it_says_of_every_notebook_what_is_in_it():
    named = {file for row in contents.rows(contents.README.read_text()) for file in row.files}
    assert named == {path.name for path in execute.find([])}
