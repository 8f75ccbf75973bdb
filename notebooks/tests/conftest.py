"""Which notebooks the tests are about."""

import execute


def pytest_addoption(parser):
    parser.addoption(
        "--notebook", action="append", default=[], metavar="NAME", help="a part of a notebook's name; all when none is given"
    )


def pytest_generate_tests(metafunc):
    if "notebook" in metafunc.fixturenames:
        named = metafunc.config.getoption("--notebook")
        paths = execute.find(named) if named else [*execute.find([]), *execute.find([execute.TEMPLATE])]
        metafunc.parametrize("notebook", paths, ids=lambda path: path.stem, scope="session")
