"""Starts the kernel: finds a JDK, and Java takes this process over.

It lies beside kernel.json, which calls it with the words of Java's command line, and needs nothing but Python.
"""

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

OLDEST = 17
WINDOWS = os.name == "nt"

# An older Java refuses to start when it is told what a later one asks for.
SINCE = {"--sun-misc-unsafe-memory-access": 23}

# The class archive is made when the reader's first cells have run, so that it takes no processor from them.
ARCHIVE = "--archive"
ARCHIVE_AFTER_SECONDS = 10
ARCHIVE_IS_STUCK_AFTER_SECONDS = 600


# Every Mac has this java, which only starts another one or says that there is none.
MAC_STUB = "/usr/bin/java"
MAC_JAVA_HOME = "/usr/libexec/java_home"

# Windows starts a program without a window, and what that starts too, only so: one that is detached has no console to share.
NO_WINDOW, OWN_GROUP = 0x08000000, 0x00000200


class CannotStart(Exception):
    """Its text is the one line that a reader needs."""


class NoJdk(CannotStart):
    """There is none, or only what is too old."""


def find_jdk():
    """The home of a JDK that can run the kernel, and its version: of JAVA_HOME, of PATH, else the newest in a usual place."""
    refused = []
    for find in (named_home, home_on_path, usual_homes):
        homes = find()
        found = [(version, home) for home in homes if (version := version_of(home, refused))]
        if found:
            version, home = max(found)
            return home, version
        if find is named_home and homes and not refused:
            refused.append(f"nothing at JAVA_HOME={homes[0]}")
    raise NoJdk(f"Lossbook needs a JDK {OLDEST} or later and found {' and '.join(refused) or 'none'}. Install one: {how_to_install()}")


def named_home():
    """JAVA_HOME, which some write with quotes, and some give the folder of the programs."""
    named = os.environ.get("JAVA_HOME", "").strip().strip("\"'").strip()
    if not named:
        return []
    home = Path(named)
    return [home.parent if home.name == "bin" and (home / program("java")).is_file() else home]


def home_on_path():
    java = shutil.which("java")
    if not java:
        return []
    if java == MAC_STUB:
        return mac_home()
    home = Path(java).resolve().parent.parent
    if (home / "release").is_file():
        return [home]
    # A shim, such as that of jenv, asdf or Oracle's installer for Windows, starts a Java that lies elsewhere.
    return [home_by_asking(java) or home]


def mac_home():
    """The newest JDK that the Mac knows; it need not be the one that the shell's `java` would start."""
    try:
        asked = subprocess.run([MAC_JAVA_HOME, "-v", f"{OLDEST}+"], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.SubprocessError):
        return []
    return [Path(asked.stdout.strip())] if asked.returncode == 0 and asked.stdout.strip() else []


def usual_homes():
    """Where installers of each system put JDKs, Conda's in this environment first."""
    user = Path.home()
    roots = [(Path(sys.prefix), "lib/jvm"), (Path(sys.prefix), "Library/lib/jvm")]
    roots += [(user, ".sdkman/candidates/java/*"), (user, ".jdks/*")]
    if WINDOWS:
        makers = ("Java", "Eclipse Adoptium", "Microsoft", "Zulu", "Amazon Corretto", "BellSoft", "Semeru", "OpenJDK")
        roots += [(user, "scoop/apps/*jdk*/current")]
        # A Python of 32 bits is told another ProgramFiles.
        names = ("ProgramFiles", "ProgramW6432", "LOCALAPPDATA")
        programs = {Path(os.environ[name]): None for name in names if name in os.environ}
        roots += [(folder, f"{inner}{maker}/*") for folder in programs for inner in ("", "Programs/") for maker in makers]
    elif sys.platform == "darwin":
        roots += [(base, "Library/Java/JavaVirtualMachines/*/Contents/Home") for base in (Path("/"), user)]
        brew = "opt/openjdk*/libexec/openjdk.jdk/Contents/Home"
        roots += [(Path("/opt/homebrew"), brew), (Path("/usr/local"), brew)]
    else:
        roots += [(Path(base), "*") for base in ("/usr/lib/jvm", "/usr/lib64/jvm", "/usr/java", "/opt/java", "/opt/jdk")]
    return [home for root, pattern in roots for home in root.glob(pattern)]


def version_of(home, refused):
    """The version of the JDK in this folder; None for anything else, with what is wrong added to `refused`."""
    if not (home / "bin" / program("java")).is_file():
        return None
    version = version_in_release(home) or version_by_asking(home)
    if not version:
        return None
    if version < OLDEST:
        refused.append(f"Java {version} in {home}")
    elif not (home / "bin" / program("jshell")).is_file():
        refused.append(f"a runtime without JShell in {home}")
    else:
        return version
    return None


def version_in_release(home):
    try:
        return major(re.search(r'^JAVA_VERSION="([^"]+)"', (home / "release").read_text(errors="replace"), re.M))
    except OSError:
        return None


def version_by_asking(home):
    return major(re.search(r'version "([^"]+)"', said_by(home / "bin" / program("java"), "-version")))


def home_by_asking(java):
    found = re.search(r"^ *java\.home = (.+)$", said_by(java, "-XshowSettings:properties", "-version"), re.M)
    return Path(found.group(1).strip()) if found else None


def said_by(java, *options):
    """What Java says of itself, which it does on its stderr; nothing if it does not start."""
    try:
        return subprocess.run([java, *options], capture_output=True, text=True, errors="replace", timeout=60).stderr
    except (OSError, subprocess.SubprocessError):
        return ""


def major(version):
    """17 of 17.0.9, and 8 of 1.8.0."""
    numbers = re.match(r"(?:1\.)?(\d+)", version.group(1)) if version else None
    return int(numbers.group(1)) if numbers else None


def how_to_install():
    if os.environ.get("CONDA_PREFIX"):
        return "conda install -c conda-forge openjdk"
    if WINDOWS:
        return "winget install EclipseAdoptium.Temurin.21.JDK"
    if sys.platform == "darwin":
        return "brew install --cask temurin"
    for tool, command in (
        ("apt-get", f"sudo apt-get install -y {apt_package()}"),
        ("dnf", "sudo dnf install -y java-21-openjdk-devel"),
        ("zypper", "sudo zypper install -y java-21-openjdk-devel"),
        ("pacman", "sudo pacman -S --needed jdk-openjdk"),
    ):
        if shutil.which(tool):
            return command
    return "see https://adoptium.net"


def apt_package():
    """The package that this Debian or Ubuntu offers: each release has its own."""
    for version in (17, 21, 25):
        name = f"openjdk-{version}-jdk-headless"
        if shutil.which("apt-cache") and subprocess.run(["apt-cache", "show", name], capture_output=True).returncode == 0:
            return name
    return "openjdk-21-jdk-headless"


def program(name):
    return f"{name}.exe" if WINDOWS else name


def command_line(home, version, words, *archive):
    """Java's command line: all jars beside this file are its class path, where kernel.json names the first."""
    words = [word for word in words if SINCE.get(word.split("=")[0], OLDEST) <= version]
    at = words.index("-cp") + 1
    folder = Path(words[at]).parent
    others = sorted(jar for jar in folder.glob("lossbook-*.jar") if not jar.stem.endswith("-sources"))
    jars = [words[at], *map(str, others)]
    if any(os.pathsep in jar for jar in jars):
        raise CannotStart(f"Java takes {folder} for two paths, because of the {os.pathsep} in it: install Lossbook in a folder without one.")
    words[at] = os.pathsep.join(jars)
    return [str(home / "bin" / program("java")), *archive, *words]


def archive_for(home, command):
    """Where the class archive of this Java and these jars lies: Java takes it for no others."""
    first, *others = command[command.index("-cp") + 1].split(os.pathsep)
    jars = [Path(jar).stat() for jar in (first, *others)]
    kernel = fingerprint(first)
    release = home / "release"
    java = (str(home), release.stat().st_mtime_ns if release.exists() else 0)
    cache = Path(os.environ.get("LOSSBOOK_CACHE") or Path.home() / ".cache" / "lossbook")
    return cache / "kernel" / f"{kernel}-{fingerprint(java, [(jar.st_size, jar.st_mtime_ns) for jar in jars])}.jsa"


def fingerprint(*things):
    return hashlib.sha256(repr(things).encode()).hexdigest()[:16]


def make_archive(archive, words):
    """Lets Java rehearse the kernel and keep the classes that this loads (CDS); without an archive the kernel only starts slower."""
    part = archive.with_suffix(".part")
    try:
        archive.parent.mkdir(parents=True, exist_ok=True)
        if part.exists() and time.time() - part.stat().st_mtime > ARCHIVE_IS_STUCK_AFTER_SECONDS:
            part.unlink()
        part.open("x").close()
    except OSError:
        return  # another kernel is at it, or nothing can be written there
    time.sleep(ARCHIVE_AFTER_SECONDS)
    if hasattr(os, "nice"):
        os.nice(10)
    home, version = find_jdk()
    dump = archive.with_suffix(".dump")
    rehearsal = [*command_line(home, version, words, f"-XX:ArchiveClassesAtExit={dump}")[:-1], "--rehearse"]
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    try:
        subprocess.run(rehearsal, **quiet)
        if dump.exists():
            dump.replace(archive)
            for outdated in set(archive.parent.glob(f"{archive.name.split('-')[0]}-*.jsa")) - {archive}:
                outdated.unlink()
    except OSError:
        pass  # Windows keeps a file that a kernel has open
    finally:
        part.unlink()


def start_in_background(command):
    apart = {"creationflags": NO_WINDOW | OWN_GROUP} if WINDOWS else {"start_new_session": True}
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.Popen(command, **quiet, **apart)


def main(words):
    if words[0] == ARCHIVE:
        return make_archive(Path(words[1]), words[2:])
    try:
        home, version = find_jdk()
        command = command_line(home, version, words)
    except CannotStart as e:
        print(e, file=sys.stderr)
        return 1
    archive = archive_for(home, command)
    if archive.exists():
        command.insert(1, f"-XX:SharedArchiveFile={archive}")
    else:
        start_in_background([sys.executable, __file__, ARCHIVE, str(archive), *words])
    if WINDOWS:
        # Windows has no exec: this process waits, and the kernel, which watches it, ends when it does.
        return subprocess.run(command, env={**os.environ, "JPY_PARENT_PID": str(os.getpid())}).returncode
    os.execv(command[0], command)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
