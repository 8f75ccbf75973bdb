"""Requests and replies as ipykernel has them: history, expressions, input, the kernel's own end, Tab and Enter."""

import json
import os
import subprocess
import time
import uuid

import pytest
from jupyter_client.kernelspec import KernelSpecManager
from talk import Kernel


def test_a_cell_that_is_not_stored_leaves_count_and_history(embedded):
    before = embedded.run("1").reply["execution_count"]
    answer = embedded.run("2 + 2", store_history=False)
    assert answer.value["text/plain"] == "4"
    assert answer.reply["execution_count"] == before
    assert embedded.run("throw new RuntimeException();", store_history=False).status == "error"
    after = embedded.run("3")
    assert after.reply["execution_count"] == before + 1
    history = embedded.ask(lambda: embedded.client.history(hist_access_type="tail", n=2))["history"]
    assert [entry[2] for entry in history] == ["1", "3"]


def test_a_silent_cell_is_never_stored(embedded):
    before = embedded.run("1").reply["execution_count"]
    answer = embedded.run("int quiet = 5;\nquiet", silent=True, store_history=True)
    assert answer.messages == [("status", {"execution_state": "busy"})]
    assert answer.reply["execution_count"] == before
    assert embedded.run("quiet").value["text/plain"] == "5"


def test_expressions_are_evaluated_after_the_cell(embedded):
    reply = embedded.run(
        "int base = 20;",
        user_expressions={
            "sum": "base + 22",
            "picture": "new double[][] {{1, 2}}",
            "nothing": "(Object) null",
            "unknown": "noSuchName",
            "thrown": "1 / 0",
            "statement": "int other = 1;",
            "empty": "",
        },
    ).reply
    assert reply["status"] == "ok"
    assert reply["payload"] == []
    values = reply["user_expressions"]
    assert values["sum"] == {"status": "ok", "data": {"text/plain": "42"}, "metadata": {}}
    assert "<td>2</td>" in values["picture"]["data"]["text/html"]
    assert values["nothing"]["data"] == {"text/plain": "null"}
    assert {name for name, value in values.items() if value["status"] == "error"} == {"unknown", "thrown", "statement", "empty"}
    assert values["thrown"]["ename"] == "ArithmeticException"
    assert values["thrown"]["evalue"] == "/ by zero"
    assert values["unknown"]["traceback"]
    assert "expression is expected" in values["statement"]["evalue"]
    assert embedded.run("other").status == "error"


def test_expressions_of_a_cell_that_fails_are_not_evaluated(embedded):
    reply = embedded.run("int evaluated = 0;\n1 / 0", user_expressions={"a": "evaluated++"}).reply
    assert reply["status"] == "error"
    assert reply["user_expressions"] == {}
    assert embedded.run("evaluated").value["text/plain"] == "0"


def test_input_where_nobody_can_be_asked_is_an_error(embedded):
    answer = embedded.run("new Scanner(System.in).nextLine()", allow_stdin=False)
    assert "nobody can be asked" in answer.error["evalue"]
    assert embedded.run('new Scanner("3 5").nextInt()', allow_stdin=False).value["text/plain"] == "3"


def test_a_failed_cell_skips_only_what_was_sent_with_it(embedded):
    failed = embedded.send("Thread.sleep(500);\n1 / 0")
    completed = embedded.client.complete("Math.sig")
    assert embedded.finish(failed).status == "error"
    assert embedded.shell_reply(completed)["matches"]
    assert embedded.run("5").value["text/plain"] == "5"


def test_a_debugger_is_refused_in_words(embedded):
    info = embedded.ask(embedded.client.kernel_info)
    assert info["debugger"] is False
    request = embedded.client.session.msg("debug_request", {"type": "request", "seq": 3, "command": "initialize"})
    embedded.client.control_channel.send(request)
    reply = embedded.client.get_control_msg(timeout=20)
    assert reply["msg_type"] == "debug_reply"
    assert reply["parent_header"]["msg_id"] == request["header"]["msg_id"]
    assert reply["content"]["success"] is False
    assert reply["content"]["request_seq"] == 3
    assert reply["content"]["command"] == "initialize"
    assert "no debugger" in reply["content"]["message"]


@pytest.mark.parametrize(
    "code",
    ["System.exit(3);", "Runtime.getRuntime().exit(3);", "new Thread(() -> System.exit(3)).start();\nThread.sleep(20_000);"],
)
def test_a_cell_that_ends_the_kernel_is_answered(search_path, tmp_path, code):
    with Kernel("lossbook", tmp_path) as kernel:
        answer = kernel.run(f'System.out.println("last words");\n{code}')
        assert answer.status == "ok"
        assert answer.reply["payload"] == [{"source": "ask_exit", "keepkernel": False}]
        assert answer.text() == "last words\n"
        end = time.monotonic() + 20
        while kernel.manager.provisioner.process.poll() is None and time.monotonic() < end:
            time.sleep(0.05)
        assert kernel.manager.provisioner.process.returncode == 3
        assert kernel.log() == ""


def test_tab_counts_code_points_and_survives_any_cursor(embedded):
    complete = embedded.client.complete
    reply = embedded.ask(complete, 'String s = "😀"; s.le + 1', 20)
    assert (reply["matches"], reply["cursor_start"], reply["cursor_end"]) == (["length()"], 18, 20)
    assert "%maven" in embedded.ask(complete, "%ma")["matches"]
    assert embedded.ask(complete, "adam(")["matches"] == []
    for cursor in (-1, 100):
        reply = embedded.ask(complete, "Math.sig", cursor)
        assert reply["status"] == "ok"
        assert 0 <= reply["cursor_start"] <= reply["cursor_end"] <= 8
        assert embedded.ask(embedded.client.inspect, "Math.sin", cursor)["status"] == "ok"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no ipc in Jupyter")
def test_the_transport_of_colab_is_served(search_path, tmp_path):
    kernel = Kernel("lossbook", tmp_path)
    kernel.manager.transport = "ipc"
    kernel.manager.ip = f"/tmp/{uuid.uuid4().hex[:12]}"
    with kernel:
        assert kernel.manager.get_connection_info()["transport"] == "ipc"
        answer = kernel.run('System.out.println("x".repeat(200_000)); 6 * 7')
        assert answer.value["text/plain"] == "42"
        assert answer.text() == "x" * 200_000 + "\n"
        request = kernel.send("new Scanner(System.in).nextLine()", allow_stdin=True)
        kernel.client.get_stdin_msg(timeout=20)
        kernel.client.input("asked")
        assert kernel.finish(request).value["text/plain"] == "asked"


def test_a_connection_file_that_says_too_little_is_answered_in_one_line(search_path, tmp_path):
    command = KernelSpecManager().get_kernel_spec("lossbook").argv
    file = tmp_path / "connection.json"
    whole = {"ip": "127.0.0.1", "transport": "tcp", "key": "k", "signature_scheme": "hmac-sha256", "shell_port": 1}
    for content, said in (
        ("{", "is not JSON"),
        ("{}", "has no ip or no ports"),
        (json.dumps(whole | {"transport": "epgm"}), "tcp and ipc, but the connection file"),
        (json.dumps(whole | {"signature_scheme": "hmac-none"}), "hmacnone"),
        (None, "cannot read the connection file"),
    ):
        file.unlink(missing_ok=True)
        if content is not None:
            file.write_text(content)
        ended = subprocess.run([word.replace("{connection_file}", str(file)) for word in command], capture_output=True, text=True, timeout=60)
        assert ended.returncode == 1
        assert said in ended.stderr
        assert len(ended.stderr.splitlines()) == 1
