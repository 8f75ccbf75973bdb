"""Starts the kernels that these tests talk to.

The embedded kernel is installed from the build into a folder of its own. LOSSBOOK_TEST_KERNEL
names a kernelspec that Jupyter knows, such as one that runs IJava with the library attached: the contract is then
about that one.
"""

import os
import shutil

import pytest
from talk import Kernel, install_kernel

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
def embedded(search_path, tmp_path_factory):
    """One embedded kernel for all tests of a file; it must end without a word on its own stderr."""
    with Kernel("lossbook", tmp_path_factory.mktemp("log")) as kernel:
        yield kernel
    assert kernel.log() == ""


@pytest.fixture(scope="module")
def kernel(request, tmp_path_factory):
    """The kernel that the contract is about."""
    name = os.environ.get("LOSSBOOK_TEST_KERNEL")
    if name is None:
        request.getfixturevalue("search_path")
    with Kernel(name or "lossbook", tmp_path_factory.mktemp("log")) as kernel:
        yield kernel
    assert kernel.log() == ""
