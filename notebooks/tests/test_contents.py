"""Holds notebooks/README.md to the notebooks that it leads to."""

import contents
import execute
import pytest


@pytest.mark.parametrize("rule", [contents.unlike_the_notebooks, contents.without_a_row, contents.complaints])
def test_it_says_what_is_there(rule):
    complaints = list(rule(contents.README.read_text(), execute.NOTEBOOKS))
    if complaints:
        pytest.fail("\n".join(complaints), pytrace=False)
