"""Says whether a file is IJava's release: whole, with its installer and, in its jar, its main class."""

import io
import sys
import zipfile


def is_ijava(path):
    try:
        with zipfile.ZipFile(path) as release:
            release.getinfo("install.py")
            with zipfile.ZipFile(io.BytesIO(release.read("java/ijava-1.3.0.jar"))) as jar:
                jar.getinfo("io/github/spencerpark/ijava/IJava.class")
                return release.testzip() is None and jar.testzip() is None
    except (KeyError, OSError, EOFError, zipfile.BadZipFile, zipfile.zlib.error):
        return False


if __name__ == "__main__":
    sys.exit(0 if is_ijava(sys.argv[1]) else 1)
