"""What binder/postBuild does when IJava's release is there, and when it is not, with stand-ins for what it calls.

binder/rehearse runs it in earnest.
"""

import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CURL = """#!/bin/sh
echo "curl $*" >>"$CALLS"
[ -n "$RELEASE" ] || exit 22
while [ "$1" != --output ]; do shift; done
cp "$RELEASE" "$2"
"""
CALLED = '#!/bin/sh\necho "{} $*" >>"$CALLS"\n'
INSTALLER = "import os, sys\nprint('install.py', *sys.argv[1:], file=open(os.environ['CALLS'], 'a'))\n"


def zipped(**entries):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as to:
        for name, content in entries.items():
            to.writestr(name, content)
    return out.getvalue()


def release(installer=INSTALLER):
    return zipped(**{"install.py": installer, "java/ijava-1.3.0.jar": b"a jar", "java/kernel.json": "{}"})


def damaged():
    whole = bytearray(release())
    whole[whole.index(b"sys.argv")] ^= 1
    return bytes(whole)


class Build:
    def __init__(self, folder):
        self.root = folder / "a checkout"
        self.home = folder / "home"
        self.prefix = folder / "env"
        self.release = folder / "release.zip"
        self.calls_file = folder / "calls"
        shutil.copytree(ROOT / "binder", self.root / "binder", ignore=shutil.ignore_patterns("__pycache__"))
        (self.root / "notebooks/tools").mkdir(parents=True)
        shutil.copy(ROOT / "notebooks/tools/jupyterlab.json", self.root / "notebooks/tools")
        for made in (self.home / ".m2", self.root / "kernel-lib/target", self.root / "build", folder / "bin", folder / "tmp"):
            made.mkdir(parents=True)
        self.put(folder / "bin/curl", CURL)
        self.put(folder / "bin/java", CALLED.format("java"))
        self.put(self.root / "lossbook", CALLED.format("lossbook"))
        # A python3 whose prefix is the test's own.
        self.put(
            folder / "bin/python3",
            f'#!/bin/sh\ncase "$*" in *sys.prefix*) echo "{self.prefix}" ;; *) exec "{sys.executable}" "$@" ;; esac\n',
        )

    @staticmethod
    def put(path, text):
        path.write_text(text)
        path.chmod(0o755)

    def run(self, content=None, expected=None):
        """The build finds `content` at IJava's address, and has been told the checksum of `expected`."""
        folder = self.home.parent
        checksum = hashlib.sha256(release() if expected is None else expected).hexdigest()
        (self.root / "binder/ijava.sha256").write_text(f"{checksum}  ijava.zip\n")
        if content is not None:
            self.release.write_bytes(content)
        env = {
            "PATH": f"{folder}/bin:{os.environ['PATH']}",
            "HOME": str(self.home),
            "TMPDIR": str(folder / "tmp"),
            "CALLS": str(self.calls_file),
            "RELEASE": str(self.release) if content is not None else "",
        }
        return subprocess.run([self.root / "binder/postBuild"], cwd="/", env=env, capture_output=True, text=True)

    def calls(self):
        return [line.partition(" ") for line in self.calls_file.read_text().splitlines()]


@pytest.fixture
def build(tmp_path):
    return Build(tmp_path)


def test_a_whole_release_is_installed_before_the_library(build):
    done = build.run(release())
    assert done.returncode == 0, done.stderr
    assert "IJava 1.3.0" in done.stdout and "cannot be had" not in done.stdout
    assert [name for name, _, _ in build.calls()] == ["curl", "install.py", "lossbook", "java"]
    assert {name: words for name, _, words in build.calls()}["install.py"] == "--sys-prefix"
    assert {name: words for name, _, words in build.calls()}["lossbook"] == "install --sys-prefix"


@pytest.mark.parametrize(
    "content",
    [
        None,
        b"",
        b"<html>not found</html>",
        release(installer=INSTALLER + "print('and more')\n"),
        release()[:-30],
        damaged(),
    ],
    ids=["no answer", "empty", "a page", "another release", "cut short", "damaged"],
)
def test_without_the_release_a_line_says_so_and_the_embedded_kernel_is_taken(build, content):
    assert_embedded(build, build.run(content))


def test_a_release_that_does_not_install_is_left_out(build):
    broken = release(installer="raise SystemExit('no Jupyter here')")
    assert_embedded(build, build.run(broken, expected=broken))


def assert_embedded(build, done):
    assert done.returncode == 0, done.stderr
    assert "notebooks run in the kernel that comes with Lossbook" in done.stdout
    assert [name for name, _, _ in build.calls()] == ["curl", "lossbook", "java"]


def test_the_release_is_known_by_its_sha_256():
    assert re.fullmatch(r"[0-9a-f]{64}  ijava\.zip\n", (ROOT / "binder/ijava.sha256").read_text())


@pytest.mark.parametrize("tool", ["lossbook", "java"])
def test_what_fails_fails_the_image(build, tool):
    Build.put(build.root / "lossbook" if tool == "lossbook" else build.home.parent / "bin/java", "#!/bin/sh\nexit 3\n")
    assert build.run(release()).returncode != 0


def test_it_asks_nothing_about_news_and_leaves_no_cache(build):
    assert build.run(release()).returncode == 0
    settings = build.prefix / "share/jupyter/lab/settings/overrides.json"
    assert settings.read_text() == (ROOT / "notebooks/tools/jupyterlab.json").read_text()
    for gone in (build.home / ".m2", build.root / "kernel-lib/target", build.root / "build"):
        assert not gone.exists()
    assert list((build.home.parent / "tmp").iterdir()) == []


def test_a_build_pack_finds_what_it_reads():
    assert (ROOT / "binder/requirements.txt").is_file()
    for script in ("postBuild", "rehearse"):
        assert os.access(ROOT / "binder" / script, os.X_OK)


def test_the_badge_opens_a_notebook_that_is_there():
    readme = (ROOT / "README.md").read_text()
    address = readme.split("https://mybinder.org/v2/gh/")[1].split(")")[0]
    assert address.endswith("?urlpath=lab/tree/notebooks/00-start-here.ipynb")
    assert (ROOT / "notebooks/00-start-here.ipynb").is_file()
