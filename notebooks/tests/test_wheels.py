"""The wheels: made from the jars at hand, installed without a network, started where there is nothing but a JDK."""

import subprocess
import sys
import time
import venv
import zipfile
from pathlib import Path

import pytest
from packaging.metadata import Metadata
from talk import Kernel

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
