"""Starts the kernels that these tests talk to.

Tests of the contract run in the embedded kernel and in JJava. LOSSBOOK_TEST_KERNEL names a kernelspec that Jupyter knows, such as
one that runs IJava with the library attached: the contract is then about that one.
"""

import os

import pytest
from talk import Kernel, quiet_options, tool


@pytest.fixture(scope="module")
def embedded(search_path, tmp_path_factory):
    """One embedded kernel for all tests of a file; it must end without a word on its own stderr."""
    with Kernel("lossbook", tmp_path_factory.mktemp("log")) as kernel:
        yield kernel
    assert kernel.log() == ""


@pytest.fixture
def jjava(tmp_path):
    """JJava as its wheel installs it, without the library."""
    with Kernel("java", tmp_path, jjava_environment()) as kernel:
        yield kernel


@pytest.fixture(scope="module")
def kernel(request, tmp_path_factory):
    """The kernel that the tests of a file are about: the embedded one, unless they name another."""
    named = os.environ.get("LOSSBOOK_TEST_KERNEL")
    log = tmp_path_factory.mktemp("log")
    if named is None and getattr(request, "param", None) == "jjava":
        started = Kernel("java", log, with_library_attached(request.getfixturevalue("installed")))
    else:
        if named is None:
            request.getfixturevalue("search_path")
        started = Kernel(named or "lossbook", log)
    with started as kernel:
        yield kernel
    # JJava says in Jupyter's log what it does.
    assert not [line for line in kernel.log().splitlines() if not line.startswith("[I ")]


def with_library_attached(installed):
    """JJava's wheel has a kernelspec of its own, "java"; its environment attaches the one jar."""
    return jjava_environment(
        JJAVA_CLASSPATH=str(installed / "kernels/lossbook/lossbook-all.jar"),
        JJAVA_STARTUP_SCRIPT="import static org.lossbook.Lossbook.*;",
    )


def jjava_environment(**more):
    """The JDK in use, and its options."""
    environment = {**os.environ, **more}
    environment["JJAVA_JVM_OPTS"] = " ".join(["-Xmx512m", "-XX:+UseSerialGC", "-Djava.awt.headless=true", "-Xlog:disable", *quiet_options()])
    if "JAVA_HOME" in os.environ:
        environment["PATH"] = os.pathsep.join([str(tool("java").parent), os.environ["PATH"]])
    return environment
