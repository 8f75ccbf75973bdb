"""JupyterLab as a user meets it: a server of its own, a page that shows a notebook, an explorer in it."""

import importlib.resources
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat

PATIENCE = 180_000  # milliseconds: for what takes a second where nobody else is at work
TOOLS = Path(__file__).resolve().parents[1] / "tools"
AXE = importlib.resources.files("axe_playwright_python").joinpath("axe.min.js")
JUPYTERS_OWN_WORDS = ("All authentication is disabled", "is not trusted", "websocket_ping", "received signal 15")


class Server:
    """JupyterLab, set up as `./lossbook lab` does, on an empty folder."""

    def __init__(self, home, search_path):
        self.home = home
        self.folder = home / "notebooks"
        self.folder.mkdir()
        overrides = home / "settings" / "overrides.json"
        overrides.parent.mkdir()
        shutil.copy(TOOLS / "jupyterlab.json", overrides)
        self.env = os.environ | {
            "JUPYTER_PATH": str(search_path),
            "JUPYTERLAB_SETTINGS_DIR": str(home / "user-settings"),
            "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        }
        for name in ("CONFIG", "DATA", "RUNTIME"):
            self.env[f"JUPYTER_{name}_DIR"] = str(home / name.lower())
        (home / "config").mkdir()
        shutil.copy(TOOLS / "jupyter_server_config.json", home / "config")

    def __enter__(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = [sys.executable, "-m", "jupyterlab", str(self.folder), "--no-browser", "--allow-root"]
        options = [f"--port={self.port}", "--IdentityProvider.token=", f"--LabApp.app_settings_dir={self.home / 'settings'}"]
        with (self.home / "log").open("w") as log:
            self.process = subprocess.Popen([*command, *options], env=self.env, stdout=log, stderr=log)
        deadline = time.monotonic() + PATIENCE / 1000
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api").close()
                return self
            except OSError:
                assert self.process.poll() is None and time.monotonic() < deadline, self.log()
                time.sleep(0.2)

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(30)

    def first_address(self):
        """Where `./lossbook lab` sends the browser."""
        return re.search(r"http://127\.0\.0\.1:\S+", self.log())[0]

    def address(self, notebook):
        return f"http://127.0.0.1:{self.port}/lab/tree/{notebook}?reset"

    def trust(self, notebook):
        command = [sys.executable, "-m", "jupyter", "trust", self.folder / notebook]
        subprocess.run(command, env=self.env, check=True)

    def log(self):
        return (self.home / "log").read_text()

    def complaints(self):
        """What the server warns of, and whatever the kernel's process itself has printed."""
        other = [line for line in self.log().splitlines() if line.strip() and not line.startswith("[I ")]
        return [line for line in other if not any(words in line for words in JUPYTERS_OWN_WORDS)]


class Notebook:
    """A notebook open in a page, used as one does: by its menus and keys."""

    def __init__(self, browser, server, name, width=1366, height=768):
        self.server, self.name, self.complaints = server, name, []
        self.page = browser.new_page(viewport={"width": width, "height": height})
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", lambda message: message.type == "error" and self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(server.address(name))
        self.cells = self.page.locator(".jp-Notebook .jp-Cell")
        count = len(nbformat.read(server.folder / name, as_version=4).cells)
        self.page.wait_for_function("n => document.querySelectorAll('.jp-Notebook .jp-Cell').length === n", arg=count)
        self.page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]").wait_for()

    def close(self):
        self.page.close()

    def menu(self, *path):
        for item in path:
            named = self.page.get_by_text(item, exact=True)
            self.page.locator(".lm-MenuBar-item, .lm-Menu-item").filter(has=named).click()

    def run_all(self):
        self.menu("Run", "Run All Cells")
        self.page.wait_for_function(f"() => {WAITING} > 0")

    def wait_until_done(self):
        self.page.wait_for_function(
            f"() => {WAITING} === 0"
            " && document.querySelector('.jp-Notebook-ExecutionIndicator').dataset.status === 'idle'"
        )

    def add_cell(self, code):
        """Types the code into a new cell at the end, which stays in edit mode."""
        self.cells.last.click()
        self.page.keyboard.press("Escape")
        before = self.cells.count()
        self.page.keyboard.press("b")
        self.page.wait_for_function("n => document.querySelectorAll('.jp-Notebook .jp-Cell').length > n", arg=before)
        self.page.keyboard.press("Enter")
        self.page.locator(".jp-Cell.jp-mod-active .cm-content:focus").wait_for()
        self.page.keyboard.insert_text(code)
        return self.cells.last

    def start(self, code):
        cell = self.add_cell(code)
        self.page.keyboard.press("Control+Enter")
        self.page.wait_for_function(f"() => {WAITING} > 0 || {LAST_PROMPT} !== '[ ]:'")
        return cell

    def run(self, code):
        """Runs the code in a new cell; answers the cell when it has ended."""
        cell = self.start(code)
        self.wait_until_done()
        return cell

    def saved(self):
        """The notebook as it is in the file once it has been saved."""
        self.page.keyboard.press("Control+s")
        self.page.locator(".jp-mod-dirty").first.wait_for(state="detached")
        return nbformat.read(self.server.folder / self.name, as_version=4)

    def theme(self, name):
        self.menu("Settings", "Theme", name)
        self.page.locator(f"body[data-jp-theme-name='{name}']").wait_for(state="attached")

    def whole(self, path):
        """A picture of the page with all cells in it."""
        before = self.page.viewport_size
        panel = self.page.locator(".jp-WindowedPanel-outer")
        height = panel.evaluate("e => e.scrollHeight") + 120
        self.page.set_viewport_size({"width": before["width"], "height": height})
        panel.evaluate("e => { e.scrollTop = 0; }")
        self.page.wait_for_function("() => [...document.querySelectorAll('.jp-Notebook img')].every(e => e.complete)")
        path.parent.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=path)
        self.page.set_viewport_size(before)


# Not innerText: what is far from the screen has none.
WAITING = "[...document.querySelectorAll('.jp-InputPrompt')].filter(e => e.textContent.includes('*')).length"
LAST_PROMPT = "[...document.querySelectorAll('.jp-InputPrompt')].at(-1).textContent"


def violations(page):
    """What axe-core finds wrong with a page, for those who do not see it or use no mouse."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    return page.evaluate("axe.run().then(all => all.violations.map(v => [v.id, v.impact, v.nodes.map(n => n.html)]))")


class Explorer:
    """The one explorer of a page, or of a part of it, that explores this."""

    def __init__(self, page, title):
        self.section = page.locator(f'section[aria-label="{title}, to explore"]')

    def number(self, name):
        return [float(each) for each in self.section.locator(f"data.{name}").get_attribute("value").split()]

    def press(self, slider, key, times):
        range_input = self.section.get_by_label(slider, exact=True)
        range_input.focus()
        for _ in range(times):
            range_input.press(key)

    def shape(self):
        """What is drawn: each part by its class."""
        parts = self.section.locator("svg [class]")
        return parts.evaluate_all(
            "all => Object.fromEntries(all.map(e =>"
            " [e.getAttribute('class'), Object.fromEntries([...e.attributes].map(a => [a.name, a.value]))]))"
        )
