"""The command `lossbook`: the course's notebooks, and what the kernel runs on."""

import argparse
import filecmp
import shutil
import sys
from importlib import metadata
from pathlib import Path

from lossbook import launch

COURSE = Path(__file__).parent / "notebooks"


def main(args=None):
    parser = argparse.ArgumentParser(prog="lossbook", description='The course of Lossbook and its kernel "Java (Lossbook)" for Jupyter.')
    parser.add_argument("--version", action="version", version=f"lossbook {metadata.version('lossbook')}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    course = commands.add_parser("notebooks", help="copy the course's notebooks into a folder; what is there stays")
    course.add_argument("folder", type=Path, metavar="DIR")
    course.set_defaults(run=copy_notebooks)
    kernel = commands.add_parser("kernel", help="say where the kernel is, which JDK it runs on, and how other Java kernels load the library")
    kernel.set_defaults(run=describe_kernel)
    chosen = parser.parse_args(args)
    try:
        return chosen.run(chosen)
    except (launch.NoJdk, OSError) as e:
        print(f"lossbook: {e}", file=sys.stderr)
        return 1


def copy_notebooks(chosen):
    copied = kept = 0
    for source in sorted(path for path in COURSE.rglob("*") if path.is_file()):
        to = chosen.folder / source.relative_to(COURSE)
        if to.exists():
            if not filecmp.cmp(source, to, shallow=False):
                kept += 1
                print(f"{to} has changes and stays as it is; delete it to get the course's again")
            continue
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, to)
        copied += 1
    first = chosen.folder / "00-start-here.ipynb"
    print(f"copied {copied} files to {chosen.folder}" + (f", kept {kept}" if kept else "") + f"; begin with: jupyter lab {first}")
    return 0


def describe_kernel(_):
    home, version = launch.find_jdk()
    folder = kernel_folder()
    jars = sorted(jar for jar in folder.glob("lossbook*.jar") if not jar.stem.endswith("-sources"))
    print(f"kernel  {folder}")
    print(f"JDK     {version} in {home}")
    print("In IJava or JJava these lines load the library:")
    for jar in jars:
        print(f'%jars "{jar}"' if " " in str(jar) else f"%jars {jar}")
    print("import static org.lossbook.Lossbook.*;")
    return 0


def kernel_folder():
    """Where pip has put kernel.json."""
    for file in metadata.files("lossbook") or ():
        if file.name == "kernel.json":
            return Path(file.locate()).resolve().parent
    raise OSError("the kernel's files are not there: run pip install --force-reinstall lossbook")


if __name__ == "__main__":
    sys.exit(main())
