"""A running kernel, and what it answers."""

import os
import queue
import re
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from jupyter_client.manager import KernelManager
from lossbook import launch

PATIENCE = 60
TARGET = Path(__file__).resolve().parents[2] / "kernel-lib" / "target"


def tool(name):
    """A tool of the JDK in use."""
    return Path(os.environ["JAVA_HOME"]) / "bin" / name if "JAVA_HOME" in os.environ else name


def quiet_options():
    """What the JDK in use has to be told to run ND4J without a warning, as README.md says."""
    quiet = ["--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"]
    version = launch.find_jdk()[1]
    return [word for word in quiet if launch.SINCE.get(word.split("=")[0], 0) <= version]


def install_kernel(*args):
    jars = os.pathsep.join([str(TARGET / "*"), str(TARGET / "lib" / "*")])
    command = [tool("java"), "-cp", jars, "org.lossbook.kernel.install.InstallKernel", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300)


@dataclass
class Answer:
    """All that one cell brought about, in the order it arrived."""

    reply: dict = None
    messages: list = field(default_factory=list)
    seconds: float = 0

    def of(self, *kinds):
        return [content for kind, content in self.messages if kind in kinds]

    def text(self, stream="stdout"):
        return "".join(each["text"] for each in self.of("stream") if each["name"] == stream)

    @property
    def status(self):
        return self.reply["status"]

    @property
    def value(self):
        """The data of the cell's value, by MIME type; nothing is an empty dict."""
        results = self.of("execute_result")
        assert len(results) <= 1
        return results[0]["data"] if results else {}

    @property
    def error(self):
        (error,) = self.of("error")
        return error

    @property
    def report(self):
        """The traceback without its colours."""
        return re.sub("\x1b\\[[0-9;]*m", "", "\n".join(self.error["traceback"]))


class Kernel:
    """Starts a kernel, by default in this process's environment, and talks to it as a notebook does."""

    def __init__(self, name, folder, environment=None):
        self.manager = KernelManager(kernel_name=name)
        self.environment = environment or os.environ
        self.log_file = folder / "kernel.log"

    def __enter__(self):
        self.started = time.monotonic()
        # Kept open: a restart hands it to the next process.
        self.log_stream = open(self.log_file, "w")  # noqa: SIM115
        self.manager.start_kernel(stdout=self.log_stream, stderr=self.log_stream, env=dict(self.environment))
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=PATIENCE)
        return self

    def __exit__(self, *_):
        self.client.stop_channels()
        self.manager.shutdown_kernel()
        self.log_stream.close()

    @property
    def pid(self):
        return self.manager.provisioner.pid

    def log(self):
        """What the process itself printed."""
        return self.log_file.read_text()

    def send(self, code, **options):
        return self.client.execute(code, **options)

    def finish(self, request, stdin=None):
        """Waits for the end of a cell that was sent before."""
        answer = Answer()
        start = time.monotonic()
        while True:
            message = self.client.get_iopub_msg(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") != request:
                continue
            kind, content = message["msg_type"], message["content"]
            if kind == "status" and content["execution_state"] == "idle":
                break
            answer.messages.append((kind, content))
        answer.reply = self.shell_reply(request)
        answer.seconds = time.monotonic() - start
        return answer

    def run(self, code, **options):
        return self.finish(self.send(code, **options))

    def ask(self, method, *args):
        """The content of the reply to complete, inspect, is_complete or history."""
        return self.shell_reply(method(*args))

    def shell_reply(self, request):
        while True:
            message = self.client.get_shell_msg(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") == request:
                return message["content"]

    def wait_for(self, request, kind):
        """The next message of this kind; the cell goes on."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            message = self.client.get_iopub_msg(timeout=PATIENCE)
            if message["parent_header"].get("msg_id") == request and message["msg_type"] == kind:
                return message["content"]
        raise TimeoutError(f"no {kind} in {PATIENCE} s, although other messages came")

    def interrupted(self, code, sign="running"):
        """Runs a cell that prints a sign, itself or before its code, interrupts it then, and says how long its end took."""
        request = self.send(code if sign in code else f'System.out.println("{sign}");\n{code}')
        self.wait_for(request, "stream")
        time.sleep(0.3)
        self.manager.interrupt_kernel()
        return self.finish(request)

    def is_silent(self, seconds):
        """Whether nothing comes for so long."""
        try:
            self.client.get_iopub_msg(timeout=seconds)
        except queue.Empty:
            return True
        return False
