"""Starts the kernels that these tests talk to.

LOSSBOOK_TEST_KERNEL names a kernelspec that Jupyter knows, such as one that runs IJava with the library attached: the
contract is then about that one.
"""

import os

import pytest
from talk import Kernel


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
