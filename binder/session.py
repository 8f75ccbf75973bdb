"""What a visitor's session does: JupyterLab opens on the first notebook, a kernel answers, the notebook runs."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from jupyter_client.manager import start_new_kernel

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOK = "notebooks/00-start-here.ipynb"
NEWS = "@jupyterlab/apputils-extension:notification"


def wait_for(what, found, seconds=120):
    until = time.monotonic() + seconds
    while not (answer := found()):
        if time.monotonic() > until:
            sys.exit(f"{what} does not come within {seconds} s")
        time.sleep(0.1)
    return answer


def lab(port):
    def ask(path):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/{path}", timeout=30) as answer:
                return answer.read()
        except OSError:
            return None

    # The address that README's badge asks for.
    page = wait_for("JupyterLab", lambda: ask(f"lab/tree/{NOTEBOOK}"))
    assert b"jupyter-config-data" in page, page[:500]
    assert json.loads(ask(f"api/contents/{NOTEBOOK}"))["type"] == "notebook"
    notebook = json.loads((ROOT / NOTEBOOK).read_text())
    assert notebook["metadata"]["kernelspec"]["name"] in json.loads(ask("api/kernelspecs"))["kernelspecs"]
    # No question about news before the first cell.
    asked = json.loads(ask(f"lab/api/settings/{NEWS}"))["schema"]["properties"]
    assert asked["fetchNews"]["default"] == "false", asked


def kernel():
    manager, client = start_new_kernel(kernel_name="lossbook", startup_timeout=120)
    try:
        shown = []
        reply = client.execute_interactive("mse().of(3, 2.5)", timeout=120, output_hook=shown.append)
        assert reply["content"]["status"] == "ok", reply
        assert any("0.25" in str(message["content"]) for message in shown), shown
    finally:
        client.stop_channels()
        manager.shutdown_kernel()


def most_held(pid):
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


def main():
    os.chdir(ROOT)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["-m", "jupyterlab", "--no-browser", f"--port={port}", "--IdentityProvider.token="]
    began = time.monotonic()
    log = tempfile.TemporaryFile("w+")
    server = subprocess.Popen([sys.executable, *words], stderr=log)
    try:
        lab(port)
        print(f"  JupyterLab is there after {time.monotonic() - began:.1f} s", flush=True)
        began = time.monotonic()
        kernel()
        print(f"  a kernel's first answer, and its end, took {time.monotonic() - began:.1f} s", flush=True)
        run = subprocess.run([sys.executable, "notebooks/tools/execute.py", NOTEBOOK], stdout=subprocess.PIPE, text=True)
        print("  " + "\n  ".join(run.stdout.strip().splitlines()[-30 if run.returncode else -1 :]))
        print(f"  JupyterLab held at most {most_held(server.pid):.0f} MiB", flush=True)
        assert run.returncode == 0
        assert "nowhere to be had" not in run.stdout, "MNIST is not in the image"
    except BaseException:
        log.seek(0)
        print(log.read(), file=sys.stderr)
        raise
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


if __name__ == "__main__":
    main()
