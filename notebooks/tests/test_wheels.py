"""The wheels: made from the jars at hand, installed without a network, started where there is nothing but a JDK."""

import os
import subprocess
import sys
import time
import venv
import zipfile
from pathlib import Path

import pytest
from lossbook import launch
from packaging.metadata import Metadata
from talk import Kernel, tool

ROOT = Path(__file__).resolve().parents[2]
ND4J = "org.nd4j.linalg.factory.Nd4j.create(new double[][] {{1, 2}, {3, 4}})"


def run(*words, **options):
    done = subprocess.run(list(map(str, words)), capture_output=True, text=True, timeout=300, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheels(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", ROOT / "python", "--outdir", folder)
    return folder


@pytest.fixture(scope="module")
def environment(wheels, tmp_path_factory):
    """A fresh environment with the wheels and nothing else, which pip takes from the folder alone."""
    home = tmp_path_factory.mktemp("fresh environment")
    venv.create(home, with_pip=True)
    run(home / "bin/python", "-m", "pip", "install", "--no-index", "--find-links", wheels, "lossbook", cwd=home)
    return home


def test_there_are_three_wheels_under_100_mb_each(wheels):
    made = sorted(wheels.glob("*.whl"))
    assert [wheel.name.split("-")[0] for wheel in made] == ["lossbook", "lossbook_libraries", "lossbook_nd4j"]
    assert all(wheel.stat().st_size < 100_000_000 for wheel in made)
    assert made[1].name.endswith("-py3-none-any.whl")
    for wheel in made:
        with zipfile.ZipFile(wheel) as opened:
            names = opened.namelist()
            assert {"LICENSE", "NOTICE"} <= {name.rsplit("/")[-1] for name in names if "/licenses/" in name}
            (described,) = (name for name in names if name.endswith(".dist-info/METADATA"))
            Metadata.from_email(opened.read(described), validate=True)


def test_the_kernel_runs_in_a_fresh_environment_and_starts_from_its_class_archive_the_next_time(environment, tmp_path, monkeypatch):
    run(environment / "bin/python", "-m", "pip", "check")
    monkeypatch.setenv("JUPYTER_PATH", str(environment / "share/jupyter"))
    monkeypatch.setenv("LOSSBOOK_CACHE", str(tmp_path / "cache"))
    with Kernel("lossbook", tmp_path) as kernel:
        assert kernel.run("mse().of(3, 2.5)").value == {"text/plain": "0.25"}
        assert kernel.run(ND4J).value["text/plain"] == "[[1, 2],\n [3, 4]]"
        assert "image/png" in kernel.run("mse().plot()").value
        found = kernel.ask(kernel.client.inspect, "mse()", 3)["data"]["text/plain"]
        assert "mean squared error" in found.lower()  # from the sources beside the jars
        archive = first_archive(tmp_path / "cache/kernel")
    assert kernel.log() == ""
    with Kernel("lossbook", tmp_path) as kernel:
        assert kernel.run("mse().of(3, 2.5)").value == {"text/plain": "0.25"}
        mapped = Path(f"/proc/{kernel.pid}/maps")
        if mapped.exists():  # on Linux alone
            assert str(archive) in mapped.read_text()
    assert kernel.log() == ""


def first_archive(folder):
    """The class archive that a process of its own makes when the kernel has been in use for a while."""
    end = time.monotonic() + 120
    while time.monotonic() < end:
        archives = list(folder.glob("*.jsa"))
        if archives:
            return archives[0]
        time.sleep(0.5)
    raise TimeoutError("no class archive was made")


def test_the_command_brings_the_course_and_leaves_what_a_reader_changed(environment, tmp_path):
    lossbook = environment / "bin/lossbook"
    assert run(lossbook, "--version") == "lossbook " + run(environment / "bin/python", "-c", VERSION)
    said = run(lossbook, "notebooks", tmp_path / "course")
    assert f"jupyter lab {tmp_path / 'course' / '00-start-here.ipynb'}" in said
    first = tmp_path / "course/00-start-here.ipynb"
    assert first.read_bytes() == (ROOT / "notebooks/00-start-here.ipynb").read_bytes()
    assert len(list((tmp_path / "course").glob("*.ipynb"))) == len(list((ROOT / "notebooks").glob("[0-9]*.ipynb")))
    first.write_text("mine")
    (tmp_path / "course/07-descent.ipynb").unlink()
    assert f"{first} has changes and stays as it is" in run(lossbook, "notebooks", tmp_path / "course")
    assert first.read_text() == "mine"
    assert (tmp_path / "course/07-descent.ipynb").exists()
    refused = subprocess.run([lossbook, "notebooks", first], capture_output=True, text=True)
    assert refused.returncode == 1
    assert refused.stderr.startswith("lossbook: ") and len(refused.stderr.splitlines()) == 1


VERSION = "from importlib.metadata import version; print(version('lossbook'))"


def test_the_command_names_the_kernel_its_jdk_and_the_jars_for_other_kernels(environment):
    said = run(environment / "bin/lossbook", "kernel")
    assert str(environment / "share/jupyter/kernels/lossbook") in said
    assert "JDK " in said
    assert said.count('%jars "') == 3  # a name with a space is one word


# How a JDK is found: no Java runs here.


def java_home(folder, version="17.0.9", tools=("java", "javac", "jshell")):
    (folder / "bin").mkdir(parents=True)
    for name in tools:
        (folder / "bin" / launch.program(name)).touch(mode=0o755)
    (folder / "release").write_text(f'IMPLEMENTOR="Someone"\nJAVA_VERSION="{version}"\n')
    return folder


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine without any Java; tests put some there."""
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    monkeypatch.setattr(launch, "usual_homes", lambda: sorted((tmp_path / "jvm").glob("*")))
    return tmp_path


def test_java_home_comes_before_the_path_and_that_before_the_usual_places(machine, monkeypatch):
    usual = java_home(machine / "jvm/temurin-21", "21.0.2")
    newest = java_home(machine / "jvm/temurin-25", "25")
    assert launch.find_jdk() == (newest, 25)
    on_path = java_home(machine / "path jdk")
    (machine / "linked").mkdir()
    (machine / "linked" / launch.program("java")).symlink_to(on_path / "bin" / launch.program("java"))
    monkeypatch.setenv("PATH", str(machine / "linked"))
    assert launch.find_jdk() == (on_path, 17)
    monkeypatch.setenv("JAVA_HOME", str(usual))
    assert launch.find_jdk() == (usual, 21)


def test_what_is_too_old_or_a_runtime_alone_is_passed_over(machine, monkeypatch):
    monkeypatch.setenv("JAVA_HOME", str(java_home(machine / "old", "1.8.0_392")))
    java_home(machine / "jvm/a-jre", "21.0.2", tools=("java",))
    found = java_home(machine / "jvm/b-jdk", "17.0.9")
    assert launch.find_jdk() == (found, 17)


def test_without_a_jdk_one_line_says_what_was_found_and_what_to_install(machine, monkeypatch, capsys):
    assert launch.main(["-cp", "lossbook.jar", "Main", "connection.json"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("Lossbook needs a JDK 17 or later and found none. Install one: ")
    monkeypatch.setenv("JAVA_HOME", str(java_home(machine / "old", "11.0.2")))
    java_home(machine / "jvm/a-jre", "21.0.2", tools=("java",))
    assert launch.main(["-cp", "lossbook.jar", "Main", "connection.json"]) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert f"found Java 11 in {machine / 'old'} and a runtime without JShell in {machine / 'jvm/a-jre'}." in line


def test_an_older_java_is_not_told_what_it_does_not_know(tmp_path):
    for name in ("lossbook.jar", "lossbook-nd4j.jar", "lossbook-libraries.jar", "lossbook-sources.jar"):
        (tmp_path / name).touch()
    words = ["--sun-misc-unsafe-memory-access=allow", "-Xmx512m", "-cp", str(tmp_path / "lossbook.jar"), "Main", "c.json"]
    jars = os.pathsep.join(str(tmp_path / name) for name in ("lossbook.jar", "lossbook-libraries.jar", "lossbook-nd4j.jar"))
    java = str(tmp_path / "bin" / launch.program("java"))
    assert launch.command_line(tmp_path, 17, words) == [java, "-Xmx512m", "-cp", jars, "Main", "c.json"]
    assert launch.command_line(tmp_path, 25, words) == [java, words[0], "-Xmx512m", "-cp", jars, "Main", "c.json"]


def test_a_java_without_its_release_file_is_asked(tmp_path):
    home = Path(tool("java")).resolve().parent.parent if "JAVA_HOME" in os.environ else launch.find_jdk()[0]
    assert launch.version_by_asking(home) == launch.version_of(home, [])
