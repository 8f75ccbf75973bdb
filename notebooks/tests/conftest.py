"""What pytest can be told besides: which notebooks test_notebooks.py is about."""


def pytest_addoption(parser):
    parser.addoption(
        "--notebook", action="append", default=[], metavar="NAME", help="a part of a notebook's name; all when none is given"
    )
