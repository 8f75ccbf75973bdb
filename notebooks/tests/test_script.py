"""What ./lossbook says when something is missing, and what it does once only, in a copy with stand-ins for the tools."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = "sh cat cksum dirname find id mkdir sed sort rm".split()

JAVA = """#!/bin/sh
case $1 in
  -XshowSettings:properties) printf '    java.home = %s\\n    java.version = {version}\\n' '{home}' >&2 ;;
  *) echo "java $*" >>"$CALLS" ;;
esac
"""
PYTHON = """#!/bin/sh
case $* in
  *sys.version_info*) echo {version} ;;
  *ensurepip*) exit {venv} ;;
  *'-m venv'*) echo "$0 $*" >>"$CALLS"; mkdir -p "$4/bin"; cat "$0" >"$4/bin/python"; chmod +x "$4/bin/python" ;;
  -c*) ;;
  *) echo "python $* LOSSBOOK_DATA=$LOSSBOOK_DATA PYTHONPATH=$PYTHONPATH" >>"$CALLS" ;;
esac
"""
MAVEN = """#!/bin/sh
echo "mvn $*" >>"$CALLS"
mkdir -p kernel-lib/target/lib
"""


class Machine:
    """A checkout and a PATH of its own, with nothing on it but what a test puts there."""

    def __init__(self, folder):
        self.root = folder / "a checkout"
        self.bin = folder / "bin"
        self.jdk = folder / "jdk"
        self.calls_file = folder / "calls"
        self.env = {"PATH": str(self.bin), "CALLS": str(self.calls_file), "HOME": str(folder)}
        for made in (self.root / "kernel-lib/src/main/java", self.root / "notebooks", self.bin, self.jdk / "bin"):
            made.mkdir(parents=True)
        shutil.copy(ROOT / "lossbook", self.root)
        for name in ("pom.xml", "kernel-lib/pom.xml", "kernel-lib/src/main/java/A.java"):
            (self.root / name).write_text("as it is")
        for name in ("requirements.txt", "constraints.txt"):
            (self.root / "notebooks" / name).write_text("as it is")
        for tests in ("notebooks/tests", "notebooks/tests/in_keras"):
            (self.root / tests).mkdir()
            (self.root / tests / "requirements.txt").write_text("as it is")
        (self.root / "notebooks/tools").mkdir()
        for name in ("jupyterlab.json", "jupyter_server_config.json"):
            (self.root / "notebooks/tools" / name).write_text("{}")
        for tool in [*TOOLS, "chmod"]:
            (self.bin / tool).symlink_to(shutil.which(tool))

    def put(self, name, text):
        tool = self.bin / name
        tool.write_text(text)
        tool.chmod(0o755)
        return self

    def with_java(self, version="17.0.15", compiler=True):
        self.put("java", JAVA.format(version=version, home=self.jdk))
        shutil.copy(self.bin / "java", self.jdk / "bin")
        if compiler:
            shutil.copy(self.bin / "java", self.jdk / "bin/javac")
        return self

    def with_maven(self):
        return self.put("mvn", MAVEN)

    def with_python(self, version="3.10", venv=True):
        return self.put("python3", PYTHON.format(version=version, venv=0 if venv else 1))

    def complete(self):
        return self.with_java().with_maven().with_python()

    def with_test_programs(self, *names):
        for name in names or ("chromium", "shellcheck"):
            self.put(name, "#!/bin/sh\n")
        return self

    def lossbook(self, *arguments, cwd="/", **env):
        return subprocess.run(
            [self.root / "lossbook", *arguments],
            cwd=cwd,
            env={**self.env, **env},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )

    def calls(self):
        return self.calls_file.read_text().splitlines() if self.calls_file.exists() else []


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


def assert_stops_with(result, *parts):
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.startswith("lossbook: ")
    assert result.stderr.count("\n") == 1, result.stderr
    for part in parts:
        assert part in result.stderr


@pytest.mark.parametrize("command", ["lab", "run", "test", "bench", "install", "cards"])
def test_a_missing_jdk_is_named_by_every_command_that_needs_it(machine, command):
    folder = ["site"] if command == "cards" else []
    assert_stops_with(machine.lossbook(command, *folder), "no JDK found", "17 or later")


@pytest.mark.parametrize(
    "manager, command",
    [
        ("apt-get", "apt-get install -y openjdk-"),
        ("brew", "brew install --cask temurin"),
        ("dnf", "dnf install -y java-21-openjdk-devel"),
        ("zypper", "zypper install -y java-21-openjdk-devel"),
        ("pacman", "pacman -S --needed jdk-openjdk"),
    ],
)
def test_the_message_has_the_command_of_this_platform(machine, manager, command):
    machine.put(manager, "#!/bin/sh\n").put("apt-cache", "#!/bin/sh\n")
    assert_stops_with(machine.lossbook("run"), command)


def test_the_jdk_package_is_one_that_the_release_offers(machine):
    machine.put("apt-get", "#!/bin/sh\n").put("apt-cache", "#!/bin/sh\n[ $2 = openjdk-21-jdk-headless ]\n")
    assert_stops_with(machine.lossbook("run"), "install -y openjdk-21-jdk-headless")


@pytest.mark.parametrize("version", ["1.8.0_392", "11.0.2", "16"])
def test_a_jdk_that_is_too_old_is_named_with_its_version(machine, version):
    assert_stops_with(machine.with_java(version).lossbook("run"), f"Java {version} in", "too old")


@pytest.mark.parametrize("version", ["17", "17.0.15", "25.0.1", "26-ea"])
def test_a_jdk_of_17_or_later_will_do(machine, version):
    assert_stops_with(machine.with_java(version).lossbook("run"), "no Maven found")


def test_a_runtime_without_a_compiler_is_not_a_jdk(machine):
    assert_stops_with(machine.with_java(compiler=False).lossbook("run"), "runtime without a compiler")


def test_java_home_goes_before_the_path(machine, tmp_path):
    machine.with_java("11.0.2")
    home = tmp_path / "jdk 21"
    (home / "bin").mkdir(parents=True)
    for tool in ("java", "javac"):
        (home / "bin" / tool).write_text(JAVA.format(version="21.0.1", home=home))
        (home / "bin" / tool).chmod(0o755)
    assert_stops_with(machine.lossbook("run", JAVA_HOME=str(home)), "no Maven found")


def test_a_java_home_that_is_none_is_named(machine):
    assert_stops_with(machine.complete().lossbook("run", JAVA_HOME="/nowhere"), "JAVA_HOME is /nowhere")


def test_a_missing_maven_is_named(machine):
    machine.with_java().with_python().put("brew", "#!/bin/sh\n")
    assert_stops_with(machine.lossbook("run"), "no Maven found", "brew install maven")


def without_jar_output(result):
    """The build has said that it builds: what follows it is the message."""
    result.stderr = "".join(line for line in result.stderr.splitlines(True) if not line.startswith("Building"))
    return result


def test_a_missing_python_is_named(machine):
    machine.with_java().with_maven().put("dnf", "#!/bin/sh\n")
    assert_stops_with(without_jar_output(machine.lossbook("run")), "no Python found", "dnf install -y python3")


@pytest.mark.parametrize("version", ["2.7", "3.6", "3.9"])
def test_a_python_that_is_too_old_is_named(machine, version):
    machine.with_java().with_maven().with_python(version)
    assert_stops_with(without_jar_output(machine.lossbook("run")), f"Python {version} is too old")


def test_a_missing_venv_module_is_named(machine):
    machine.with_java().with_maven().with_python(venv=False).put("apt-get", "#!/bin/sh\n")
    assert_stops_with(without_jar_output(machine.lossbook("run")), "no venv module", "install -y python3-venv")


def test_what_is_made_once_is_not_made_again(machine):
    machine.complete()
    first = machine.lossbook("run", "mnist-cnn")
    assert first.returncode == 0, first.stderr
    assert "Building the library" in first.stderr and "Making .venv" in first.stderr
    assert sum(call.startswith("mvn ") for call in machine.calls()) == 1
    made = len(machine.calls())
    second = machine.lossbook("run", "mnist-cnn")
    assert second.stderr == ""
    assert [call.split()[0] for call in machine.calls()[made:]] == ["java", "python"]
    assert machine.calls()[-1].split()[2:3] == ["checkout/notebooks/tools/execute.py"]


@pytest.mark.parametrize(
    "changed, again",
    [
        ("kernel-lib/src/main/java/A.java", "Building"),
        ("kernel-lib/pom.xml", "Building"),
        ("pom.xml", "Building"),
        ("notebooks/requirements.txt", "Making"),
        ("notebooks/constraints.txt", "Making"),
    ],
)
def test_what_changed_is_made_again_and_nothing_else(machine, changed, again):
    machine.complete().lossbook("run")
    (machine.root / changed).write_text("changed")
    said = machine.lossbook("run").stderr.splitlines()
    assert len(said) == 1 and said[0].startswith(again)


def test_what_tests_need_comes_on_top_once_and_only_for_them(machine):
    on_top = "-r " + str(machine.root / "notebooks/tests/requirements.txt")
    machine.complete().lossbook("run")
    assert not any(on_top in call for call in machine.calls())
    first = machine.lossbook("test", "03")
    assert first.returncode == 0, first.stderr
    assert "Adding to .venv" in first.stderr and "Making .venv (" not in first.stderr
    added = [call for call in machine.calls() if on_top in call]
    assert len(added) == 1 and str(machine.root / "notebooks/constraints.txt") in added[0]
    machine.with_test_programs().lossbook("run")
    assert "Adding" not in machine.lossbook("test").stderr
    (machine.root / "notebooks/tests/requirements.txt").write_text("changed")
    again = machine.lossbook("test").stderr
    assert "Adding to .venv" in again and "Making" not in again


@pytest.mark.parametrize(
    "there, lacking",
    [
        (["shellcheck"], "the tests also need Chromium: "),
        (["google-chrome"], "the tests also need shellcheck: "),
        ([], "the tests also need Chromium and shellcheck: "),
    ],
)
def test_programs_that_tests_lack_are_named_together_before_anything_runs(machine, there, lacking):
    machine.complete().put("apt-get", "#!/bin/sh\n")
    for name in there:
        machine.with_test_programs(name)
    assert_stops_with(machine.lossbook("test"), lacking, "apt-get install -y chromium shellcheck")
    assert machine.calls() == [] and not (machine.root / ".venv").exists()


@pytest.mark.parametrize("browser", ["chromium", "chromium-browser", "google-chrome", "Playwright's"])
def test_any_chromium_will_do_for_the_tests(machine, browser, tmp_path):
    machine.complete().with_test_programs("shellcheck")
    if browser == "Playwright's":
        (tmp_path / ".cache/ms-playwright/chromium-1200").mkdir(parents=True)
    else:
        machine.with_test_programs(browser)
    assert machine.lossbook("test").returncode == 0
    assert any("verify" in call for call in machine.calls())


def test_the_jar_of_an_earlier_version_does_not_stay_on_the_class_path(machine):
    earlier = machine.root / "kernel-lib/target/lossbook-0.1.0-SNAPSHOT.jar"
    earlier.parent.mkdir()
    earlier.write_text("a jar")
    assert machine.complete().lossbook("run").returncode == 0
    assert not earlier.exists()


def test_another_jdk_builds_again(machine):
    machine.complete().lossbook("run")
    assert machine.with_java("25").lossbook("run").stderr.startswith("Building")


def test_a_failed_build_shows_its_output_and_is_tried_again(machine):
    machine.complete().put("mvn", "#!/bin/sh\necho 'A.java: not Java'\nexit 1\n")
    for _ in range(2):
        failed = machine.lossbook("run")
        assert failed.returncode == 2
        assert "A.java: not Java" in failed.stderr and "the build failed" in failed.stderr


def test_a_relative_data_folder_is_the_callers(machine, tmp_path):
    machine.complete().lossbook("run", cwd=tmp_path, LOSSBOOK_DATA="data")
    assert f"LOSSBOOK_DATA={tmp_path}/data " in machine.calls()[-1]


def test_the_paths_of_another_python_are_left_behind(machine):
    machine.complete().lossbook("run", PYTHONPATH="/elsewhere")
    assert machine.calls()[-1].endswith("PYTHONPATH=")


@pytest.mark.parametrize(
    "options, place",
    [
        ([], "--user"),
        (["--user"], "--user"),
        (["--prefix", "/opt/jupyter"], "--prefix /opt/jupyter"),
        (["--sys-prefix"], "--sys-prefix"),
    ],
)
def test_install_and_uninstall_say_where(machine, options, place):
    machine.complete().lossbook("install", *options)
    assert machine.calls()[-1].endswith(f"org.lossbook.kernel.install.InstallKernel {place}")
    machine.lossbook("uninstall", *options)
    assert machine.calls()[-1].endswith(f"org.lossbook.kernel.install.InstallKernel --uninstall {place}")


def test_install_needs_no_python(machine):
    assert machine.with_java().with_maven().lossbook("install").returncode == 0


def test_lab_opens_the_notebooks_and_passes_its_options_on(machine):
    assert machine.complete().lossbook("lab", "--no-browser").returncode == 0
    assert "-m jupyterlab" in machine.calls()[-1]
    assert "a checkout/notebooks --no-browser " in machine.calls()[-1]


def test_of_a_notebook_that_is_named_its_own_checks_alone_are_made(machine):
    assert machine.complete().lossbook("test", "03", "mnist cnn").returncode == 0
    assert "test_notebooks.py" in machine.calls()[-1]
    assert "--notebook 03 --notebook mnist cnn " in machine.calls()[-1]
    assert not any("verify" in call for call in machine.calls())


MAVEN_WITH_CLASS_PATH = """#!/bin/sh
echo "mvn $*" >>"$CALLS"
mkdir -p kernel-lib/target
printf %s "$CALLS" >kernel-lib/target/test-classpath
"""


@pytest.fixture
def quick(machine):
    """A machine with what test --quick needs, and the sources of its program."""
    sources = machine.root / "kernel-lib/src/test/java/org/lossbook/quick"
    sources.mkdir(parents=True)
    (sources / "Quick.java").write_text("as it is")
    return machine.with_java().put("mvn", MAVEN_WITH_CLASS_PATH).put("git", "#!/bin/sh\n")


def called(machine):
    return [call.split()[0] if call.startswith("mvn") else "javac" if " -proc:none " in call else "java" for call in machine.calls()]


def test_quick_asks_maven_for_the_class_path_and_compiles_its_program_once(quick):
    for _ in range(2):
        result = quick.lossbook("test", "--quick")
        assert result.returncode == 0, result.stderr
    assert called(quick) == ["mvn", "javac", "java", "java"]
    assert f"org.lossbook.quick.Quick {quick.root} {quick.calls_file}" in quick.calls()[-1]


@pytest.mark.parametrize(
    "changed, again",
    [
        ("pom.xml", ["mvn", "java"]),
        ("kernel-lib/src/test/java/org/lossbook/quick/Quick.java", ["javac", "java"]),
        ("kernel-lib/src/main/java/A.java", ["java"]),
    ],
)
def test_quick_makes_again_what_changed_and_nothing_else(quick, changed, again):
    quick.lossbook("test", "--quick")
    made = len(quick.calls())
    (quick.root / changed).write_text("changed")
    later = (quick.root / "kernel-lib/target/test-classpath").stat().st_mtime + 5
    os.utime(quick.root / changed, (later, later))
    quick.lossbook("test", "--quick")
    assert called(quick)[made:] == again


def test_quick_asks_again_when_a_jar_is_gone(quick):
    quick.lossbook("test", "--quick")
    (quick.root / "kernel-lib/target/test-classpath").write_text("/nowhere/a.jar")
    assert "Asking Maven" in quick.lossbook("test", "--quick").stderr


def test_quick_compares_with_the_commit_that_is_named(quick):
    assert quick.lossbook("test", "--quick", "HEAD~1").returncode == 0
    assert quick.calls()[-1].endswith(" HEAD~1")
    assert_stops_with(quick.lossbook("test", "--quick", "a", "b"), "one commit", "a b")


def test_quick_needs_git(quick):
    (quick.bin / "git").unlink()
    assert_stops_with(quick.lossbook("test", "--quick"), "there is no git", "./lossbook test")


def test_bench_does_not_download_unasked(machine):
    assert_stops_with(without_jar_output(machine.complete().lossbook("bench")), "7 GB", "--yes")


def test_bench_has_an_environment_of_its_own_and_passes_its_options_on(machine):
    (machine.root / "benchmarks").mkdir()
    (machine.root / "benchmarks/requirements.txt").write_text("torch")
    result = machine.complete().lossbook("bench", "--yes", "--rounds", "3")
    assert result.returncode == 0, result.stderr
    assert (machine.root / ".venv-bench").is_dir() and not (machine.root / ".venv").exists()
    assert "a checkout/benchmarks/run.py --rounds 3 " in machine.calls()[-1]


@pytest.mark.parametrize("command", ["install", "uninstall"])
def test_an_unknown_place_is_named(machine, command):
    assert_stops_with(machine.complete().lossbook(command, "--global"), f"{command} knows", "--global")


def test_a_prefix_needs_a_folder(machine):
    assert_stops_with(machine.complete().lossbook("install", "--prefix"), "--prefix needs a folder")


def test_cards_are_written_into_the_folder_that_is_named(machine):
    assert machine.complete().lossbook("cards", "a site").returncode == 0
    assert machine.calls()[-1].endswith("org.lossbook.kernel.install.WriteCards a site")


@pytest.mark.parametrize("folders", [[], ["one", "two"]])
def test_cards_need_one_folder(machine, folders):
    assert_stops_with(machine.complete().lossbook("cards", *folders), "cards needs one folder: ./lossbook cards site")


def test_an_unknown_command_lists_what_there_is(machine):
    assert_stops_with(machine.lossbook("train"), "there is no command train", "lab, run, test")


@pytest.mark.parametrize("arguments", [[], ["--help"], ["help"]])
def test_help_names_every_command(machine, arguments):
    result = machine.lossbook(*arguments)
    assert result.returncode == 0
    for command in "lab run test bench install uninstall cards".split():
        assert f"./lossbook {command} " in result.stdout
    assert "%jars" in result.stdout


def test_the_shell_needs_no_more_than_posix():
    dash = shutil.which("dash") or shutil.which("sh")
    subprocess.run([dash, "-n", ROOT / "lossbook"], check=True)
    assert (ROOT / "lossbook").read_text().startswith("#!/bin/sh\n")
    assert os.access(ROOT / "lossbook", os.X_OK)
