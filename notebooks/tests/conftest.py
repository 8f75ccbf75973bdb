"""What pytest can be told besides; the kernel that comes with Lossbook, installed into a folder of its own; a browser."""

import os
import shutil

import execute
import pytest
from playwright.sync_api import sync_playwright
from talk import install_kernel


def pytest_addoption(parser):
    """Which notebooks test_notebooks.py is about."""
    parser.addoption(
        "--notebook", action="append", default=[], metavar="NAME", help="a part of a notebook's name; all when none is given"
    )


def pytest_configure(config):
    """A name that no notebook has is said before anything runs."""
    try:
        execute.find(config.getoption("--notebook"))
    except LookupError as e:
        raise pytest.UsageError(str(e)) from None


@pytest.fixture(scope="session")
def installed(tmp_path_factory):
    """The data directory that holds the embedded kernel, as Jupyter's search path."""
    prefix = tmp_path_factory.mktemp("embedded kernel")
    made = install_kernel("--prefix", prefix, "--embedded")
    assert made.returncode == 0, made.stderr
    yield prefix / "share" / "jupyter"
    shutil.rmtree(prefix)


@pytest.fixture(scope="session")
def search_path(installed):
    before = os.environ.get("JUPYTER_PATH")
    os.environ["JUPYTER_PATH"] = str(installed)
    yield
    if before is None:
        del os.environ["JUPYTER_PATH"]
    else:
        os.environ["JUPYTER_PATH"] = before


@pytest.fixture(scope="module")
def browser():
    """The machine's Chromium, or the one that Playwright has installed."""
    names = ("chromium", "chromium-browser", "google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
    there = next((path for path in map(shutil.which, names) if path), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=there)
        yield browser
        browser.close()
