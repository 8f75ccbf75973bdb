"""How the kernel's launcher finds a JDK and starts it, on Linux, on a Mac and on Windows; no kernel runs here."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from lossbook import launch
from talk import tool


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


def shim(file, says):
    """A program of Java's name that only says something, as Java does on its stderr."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!/bin/sh\ncat >&2 <<'END'\n{says}\nEND\n")
    file.chmod(0o755)
    return file


@pytest.mark.parametrize("written", ['"{}"', "'{}'", " {} ", "{}/", "{}/bin", '"{}/bin"'])
def test_java_home_may_have_quotes_or_name_the_programs(machine, monkeypatch, written):
    home = java_home(machine / "Program Files/Java/jdk-21", "21.0.2")
    monkeypatch.setenv("JAVA_HOME", written.format(home))
    assert launch.find_jdk() == (home, 21)


def test_a_java_home_without_a_java_is_passed_over_and_named_where_there_is_no_other(machine, monkeypatch):
    monkeypatch.setenv("JAVA_HOME", str(machine / "gone"))
    with pytest.raises(launch.NoJdk, match=f"found nothing at JAVA_HOME={machine / 'gone'}. Install one: "):
        launch.find_jdk()
    found = java_home(machine / "jvm/jdk")
    assert launch.find_jdk() == (found, 17)
    monkeypatch.setenv("JAVA_HOME", '""')
    assert launch.find_jdk() == (found, 17)


def test_a_shim_on_the_path_is_asked_where_its_java_is(machine, monkeypatch):
    home = java_home(machine / "versions/temurin 21", "21.0.2")
    shim(machine / "shims/java", f'Property settings:\n    java.home = {home}\n    java.vendor = Someone\n\nopenjdk version "21.0.2"')
    monkeypatch.setenv("PATH", f"{machine / 'shims'}{os.pathsep}/usr/bin{os.pathsep}/bin")
    assert launch.find_jdk() == (home, 21)


def test_a_shim_that_fails_leaves_the_usual_places(machine, monkeypatch):
    found = java_home(machine / "jvm/jdk")
    shim(machine / "shims/java", "No version is set for command java")
    monkeypatch.setenv("PATH", f"{machine / 'shims'}{os.pathsep}/usr/bin{os.pathsep}/bin")
    assert launch.find_jdk() == (found, 17)


# A Mac, as far as one can be had on another system.


@pytest.fixture
def mac(machine, monkeypatch):
    """Its `java` on the path is the stub that every Mac has."""
    monkeypatch.setattr(launch.sys, "platform", "darwin")
    monkeypatch.setattr(launch, "WINDOWS", False)
    stub = shim(machine / "usr/bin/java", "The operation couldn't be completed. Unable to locate a Java Runtime.")
    monkeypatch.setattr(launch, "MAC_STUB", str(stub))
    monkeypatch.setattr(launch, "MAC_JAVA_HOME", str(machine / "usr/libexec/java_home"))
    monkeypatch.setenv("PATH", str(stub.parent) + os.pathsep + "/bin")
    return machine


def test_a_mac_is_asked_for_its_newest_jdk_instead_of_its_stub(mac):
    home = java_home(mac / "Library/Java/JavaVirtualMachines/temurin-21.jdk/Contents/Home", "21.0.2")
    asked = shim(mac / "usr/libexec/java_home", "")
    asked.write_text(f'#!/bin/sh\ntest "$*" = "-v 17+" && echo "{home}"\n')
    assert launch.find_jdk() == (home, 21)


def test_a_mac_that_knows_no_jdk_may_have_one_of_homebrew(mac):
    asked = shim(mac / "usr/libexec/java_home", "")
    asked.write_text('#!/bin/sh\necho "Unable to locate a Java Runtime that supports (null)." >&2\nexit 1\n')
    found = java_home(mac / "jvm/openjdk@21", "21.0.2")
    assert launch.find_jdk() == (found, 21)
    assert launch.mac_home() == []
    asked.unlink()
    assert launch.mac_home() == []


def test_the_usual_places_of_a_mac(tmp_path, monkeypatch):
    monkeypatch.setattr(launch.sys, "platform", "darwin")
    monkeypatch.setattr(launch, "WINDOWS", False)
    monkeypatch.setattr(launch.Path, "home", lambda: tmp_path)
    home = java_home(tmp_path / "Library/Java/JavaVirtualMachines/azul-21.jdk/Contents/Home", "21.0.2")
    assert home in launch.usual_homes()
    assert "brew" in launch.how_to_install()


# Windows, as far as one can be had on another system.


@pytest.fixture
def windows(tmp_path, monkeypatch):
    """Programs end in .exe, class paths are joined by semicolons, and there is no exec."""
    monkeypatch.setattr(launch, "WINDOWS", True)
    monkeypatch.setattr(launch.os, "pathsep", ";")
    monkeypatch.setattr(launch.os, "execv", None)
    for name in ("JAVA_HOME", "ProgramFiles", "ProgramW6432", "LOCALAPPDATA", "CONDA_PREFIX"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    monkeypatch.setenv("LOSSBOOK_CACHE", str(tmp_path / "a cache"))
    monkeypatch.setattr(launch.Path, "home", lambda: tmp_path / "Some User")
    return tmp_path


def installed_jars(folder):
    folder.mkdir(parents=True)
    for name in ("lossbook.jar", "lossbook-nd4j.jar", "lossbook-libraries.jar"):
        (folder / name).touch()
    return ["-Xmx512m", "-cp", str(folder / "lossbook.jar"), "Main", str(folder / "connection file.json")]


@pytest.mark.parametrize(
    ("variable", "folder"),
    [
        ("ProgramFiles", "Eclipse Adoptium/jdk-21.0.2.13-hotspot"),
        ("ProgramW6432", "Java/jdk-21"),
        ("LOCALAPPDATA", "Programs/Eclipse Adoptium/jdk-21"),
        (None, "Some User/.jdks/temurin-21"),
        (None, "Some User/scoop/apps/temurin21-jdk/current"),
    ],
)
def test_the_usual_places_of_windows(windows, monkeypatch, variable, folder):
    root = windows / "Program Files" if variable else windows
    if variable:
        monkeypatch.setenv(variable, str(root))
    home = java_home(root / folder, "21.0.2")
    assert launch.find_jdk() == (home, 21)


def test_windows_is_told_how_to_install(windows, capsys):
    assert launch.main(installed_jars(windows / "kernels")) == 1
    assert "found none. Install one: winget install EclipseAdoptium.Temurin.21.JDK" in capsys.readouterr().err


class Started:
    """Stands for the processes that Windows would start."""

    returncode = 7

    def __init__(self, monkeypatch):
        self.waited = self.background = None
        monkeypatch.setattr(launch.subprocess, "run", self.run)
        monkeypatch.setattr(launch.subprocess, "Popen", self.popen)

    def run(self, command, **options):
        self.waited = command, options
        return self

    def popen(self, command, **options):
        self.background = command, options


def test_windows_starts_java_as_a_child_that_knows_its_parent(windows, monkeypatch):
    home = java_home(windows / "Program Files/Java/jdk-21", "21.0.2")
    monkeypatch.setenv("JAVA_HOME", f'"{home}"')
    words = installed_jars(windows / "Jupyter data/kernels/lossbook")
    started = Started(monkeypatch)
    assert launch.main(words) == 7
    command, options = started.waited
    folder = Path(words[2]).parent
    # A list: Windows gets each word with a space in quotes.
    assert command[0] == str(home / "bin/java.exe")
    assert command[3].split(";") == [str(folder / f"lossbook{part}.jar") for part in ("", "-libraries", "-nd4j")]
    assert command[4:] == words[3:]
    assert f'"{folder / "connection file.json"}"' in subprocess.list2cmdline(command)
    assert options["env"]["JPY_PARENT_PID"] == str(os.getpid())
    later, apart = started.background
    assert later[:3] == [sys.executable, launch.__file__, launch.ARCHIVE]
    assert later[4:] == words
    # Without a window of its own, for a console would open before the reader.
    assert apart["creationflags"] == launch.NO_WINDOW | launch.OWN_GROUP
    assert apart["stderr"] == subprocess.DEVNULL


def test_windows_uses_the_archive_when_it_is_there(windows, monkeypatch):
    monkeypatch.setenv("JAVA_HOME", str(java_home(windows / "Java/jdk 21", "21.0.2")))
    words = installed_jars(windows / "kernels")
    started = Started(monkeypatch)
    launch.main(words)
    archive = Path(started.background[0][3])
    assert archive.parent == windows / "a cache/kernel"
    archive.parent.mkdir(parents=True)
    archive.touch()
    started.background = None
    launch.main(words)
    assert started.background is None
    assert started.waited[0][1] == f"-XX:SharedArchiveFile={archive}"


def test_a_folder_that_java_would_take_for_two_is_named(windows, monkeypatch, capsys):
    monkeypatch.setenv("JAVA_HOME", str(java_home(windows / "jdk", "21.0.2")))
    folder = windows / "mine; yours"
    assert launch.main(installed_jars(folder)) == 1
    (line,) = capsys.readouterr().err.splitlines()
    assert line == f"Java takes {folder} for two paths, because of the ; in it: install Lossbook in a folder without one."


def test_a_file_that_windows_does_not_let_go_is_left(windows, monkeypatch):
    """A kernel that runs has its archive open: the next one makes the next try."""
    monkeypatch.setenv("JAVA_HOME", str(java_home(windows / "jdk", "21.0.2")))
    words = installed_jars(windows / "kernels")
    archive = windows / "cache/kernel/aa-bb.jsa"
    archive.parent.mkdir(parents=True)
    (archive.parent / "aa-old.jsa").touch()

    def rehearse(command, **_):
        (dump,) = (word.split("=")[1] for word in command if word.startswith("-XX:ArchiveClassesAtExit="))
        Path(dump).touch()

    def refuse(path, **_):
        if path.suffix == ".jsa":
            raise PermissionError(13, "The process cannot access the file because it is being used by another process")
        os.unlink(path)

    monkeypatch.setattr(launch, "ARCHIVE_AFTER_SECONDS", 0)
    monkeypatch.delattr(launch.os, "nice")
    monkeypatch.setattr(launch.subprocess, "run", rehearse)
    monkeypatch.setattr(launch.Path, "unlink", refuse)
    launch.make_archive(archive, words)
    assert sorted(path.name for path in archive.parent.iterdir()) == ["aa-bb.jsa", "aa-old.jsa"]
