"""Makes the wheels from the jars that `mvn package` made: what `python -m build python` calls (PEP 517).

It needs no package, because a wheel is a zip file with a list of its files. One call makes all three, since none is of use
without the others. They are for the platform whose natives Maven fetched: `mvn -Dnatives=macosx-arm64` fetches another's.
"""

import base64
import hashlib
import io
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from lossbook import launch  # noqa: E402

# By JavaCPP's names. Linux: the newest glibc that one of the natives asks for.
TAGS = {
    "linux-x86_64": "manylinux_2_35_x86_64",
    "linux-arm64": "manylinux_2_35_aarch64",
    "macosx-x86_64": "macosx_11_0_x86_64",
    "macosx-arm64": "macosx_11_0_arm64",
    "windows-x86_64": "win_amd64",
}

SUMMARIES = {
    "lossbook": "Loss functions and neural networks in Java notebooks: the Jupyter kernel and the course",
    "lossbook-libraries": "The Java libraries of the Jupyter kernel lossbook",
    "lossbook-nd4j": "ND4J's native library for the Jupyter kernel lossbook",
}

# Where the source archive, which holds no jars, says what checkout it comes from.
ORIGIN = HERE / "checkout.txt"

IN_KERNEL = "share/jupyter/kernels/lossbook"
LARGEST = 100_000_000


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    """Writes all wheels; returns the name of the one that depends on the others."""
    root = checkout()
    target = root / "kernel-lib" / "target"
    if not jars(target):
        raise SystemExit("There are no jars to make wheels of: run mvn -Dmaven.test.skip package first.")
    version, tag = version_of(target), platform_of(target)
    with tempfile.TemporaryDirectory() as parts:
        write_parts(target, parts)
        for name in SUMMARIES:
            files = {f"data/data/{IN_KERNEL}/{path.name}": path.read_bytes() for path in sorted((Path(parts) / name).iterdir())}
            if name == "lossbook":
                files[f"data/data/{IN_KERNEL}/launch.py"] = (HERE / "lossbook/launch.py").read_bytes()
            wheel = Wheel(name, version, "any" if name == "lossbook-libraries" else tag)
            path = wheel.write(Path(wheel_directory), root, files)
            if path.stat().st_size >= LARGEST:
                raise SystemExit(f"{path.name} has {path.stat().st_size:,} bytes, and a wheel may have {LARGEST:,}: split it in WheelParts.")
            print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB")
    return Wheel("lossbook", version, tag).file_name


def build_sdist(sdist_directory, config_settings=None):
    """A source archive of this folder; wheels come from the jars of the checkout that it was made in."""
    base = f"lossbook-{version_of(checkout() / 'kernel-lib/target')}"
    path = Path(sdist_directory) / f"{base}.tar.gz"
    with tarfile.open(path, "w:gz", format=tarfile.PAX_FORMAT) as archive:
        for file in sorted(HERE.rglob("*")):
            if file.is_file() and file.suffix in (".py", ".toml", ".md"):
                archive.add(file, f"{base}/{file.relative_to(HERE)}")
        for name, text in (
            ("PKG-INFO", metadata("lossbook", base.removeprefix("lossbook-"))),
            (ORIGIN.name, str(checkout())),
        ):
            info = tarfile.TarInfo(f"{base}/{name}")
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))
    return path.name


def checkout():
    root = Path(ORIGIN.read_text()) if ORIGIN.exists() else HERE.parent
    if not (root / "kernel-lib").is_dir():
        raise SystemExit("Lossbook's wheels are made in its checkout, from the jars that mvn package makes there.")
    return root


def jars(target):
    library = [jar for jar in target.glob("lossbook-*.jar") if not jar.stem.endswith(("-sources", "-javadoc"))]
    return [*library, *sorted((target / "lib").glob("*.jar"))] if len(library) == 1 else []


def version_of(target):
    """0.3.0 of lossbook-0.3.0.jar, 0.3.0.dev0 of lossbook-0.3.0-SNAPSHOT.jar."""
    if not jars(target):
        raise SystemExit("There are no jars to make wheels of: run mvn -Dmaven.test.skip package first.")
    return jars(target)[0].stem.removeprefix("lossbook-").replace("-SNAPSHOT", ".dev0")


def platform_of(target):
    names = " ".join(jar.stem for jar in jars(target))
    found = {platform for platform in TAGS if re.search(f"nd4j-native-\\S+-{platform}\\b", names)}
    if len(found) != 1:
        raise SystemExit(f"The natives of one platform were expected in {target / 'lib'}, but there are those of {sorted(found) or 'none'}.")
    return TAGS[found.pop()]


def write_parts(target, folder):
    home, _ = launch.find_jdk()
    java = home / "bin" / launch.program("java")
    environment = {**os.environ, "CLASSPATH": os.pathsep.join(map(str, jars(target)))}
    wrote = subprocess.run([java, "org.lossbook.kernel.install.WheelParts", folder], env=environment)
    if wrote.returncode != 0:
        raise SystemExit("The wheels' jars cannot be written: see above.")


def metadata(name, version):
    lines = [
        "Metadata-Version: 2.4",
        f"Name: {name}",
        f"Version: {version}",
        f"Summary: {SUMMARIES[name]}",
        "License-Expression: Apache-2.0",
        "License-File: LICENSE",
        "License-File: NOTICE",
        "Requires-Python: >=3.10",
        "Classifier: Framework :: Jupyter",
        "Classifier: Programming Language :: Java",
        "Description-Content-Type: text/markdown",
    ]
    if name == "lossbook":
        lines += [f"Requires-Dist: {other} == {version}" for other in SUMMARIES if other != name]
        lines += ["Provides-Extra: lab", 'Requires-Dist: jupyterlab >= 4 ; extra == "lab"']
        text = (HERE / "README.md").read_text(encoding="utf-8")
    else:
        text = f"{SUMMARIES[name]}, which depends on it.\n"
    return "\n".join(lines) + "\n\n" + text


class Wheel:
    """One wheel: a zip file whose name says where it runs, with a list of its files and their checksums."""

    def __init__(self, name, version, platform):
        self.name = name
        self.version = version
        self.base = f"{name.replace('-', '_')}-{version}"
        self.tag = f"py3-none-{platform}"

    @property
    def file_name(self):
        return f"{self.base}-{self.tag}.whl"

    def write(self, folder, root, data):
        """Writes the file with `data`, contents by their path in the wheel's data folder, and what every wheel holds."""
        files = {f"{self.base}.{path}": content for path, content in data.items()}
        if self.name == "lossbook":
            files |= package(root)
            files[f"{self.base}.dist-info/entry_points.txt"] = b"[console_scripts]\nlossbook = lossbook.__main__:main\n"
        pure = "true" if self.tag.endswith("-any") else "false"
        wheel = f"Wheel-Version: 1.0\nGenerator: build_wheels.py\nRoot-Is-Purelib: {pure}\nTag: {self.tag}\n"
        files[f"{self.base}.dist-info/METADATA"] = metadata(self.name, self.version).encode()
        files[f"{self.base}.dist-info/WHEEL"] = wheel.encode()
        for name in ("LICENSE", "NOTICE"):
            files[f"{self.base}.dist-info/licenses/{name}"] = (root / name).read_bytes()
        record = f"{self.base}.dist-info/RECORD"
        files[record] = self.record(files, record).encode()
        path = folder / self.file_name
        with zipfile.ZipFile(path, "w") as wheel:
            for name, content in files.items():
                info = zipfile.ZipInfo(name)
                info.external_attr = 0o644 << 16
                info.compress_type = zipfile.ZIP_STORED if name.endswith(".jar") else zipfile.ZIP_DEFLATED
                wheel.writestr(info, content)
        return path

    @staticmethod
    def record(files, own_name):
        lines = []
        for name, content in files.items():
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
            lines.append(f"{name},sha256={digest},{len(content)}\n")
        return "".join(lines) + f"{own_name},,\n"


def package(root):
    """The Python package, with the course inside."""
    files = {f"lossbook/{path.name}": path.read_bytes() for path in sorted((HERE / "lossbook").glob("*.py"))}
    course = root / "notebooks"
    for path in [*sorted(course.glob("[0-9][0-9]*-*.ipynb")), *sorted((course / "pictures").glob("*"))]:
        files[f"lossbook/notebooks/{path.relative_to(course).as_posix()}"] = path.read_bytes()
    return files
