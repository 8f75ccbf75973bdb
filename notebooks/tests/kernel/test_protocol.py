"""Whatever arrives on the kernel's channels, the next cell is answered, and soon."""

import json
import socket
import time

import pytest
import zmq
from talk import Kernel

CHANNELS = ("shell", "control", "stdin", "hb")
DELIMITER = b"<IDS|MSG>"
# A quiet machine needs 0.1 s.
PATIENCE = 1.9


@pytest.fixture(scope="module")
def besieged(search_path, tmp_path_factory):
    """One kernel for all that is hostile."""
    with Kernel("lossbook", tmp_path_factory.mktemp("log")) as kernel:
        for _ in range(5):
            kernel.run("6 * 7")
        yield kernel


class Sender:
    """Sends frames of any content to a channel of the kernel."""

    def __init__(self, kernel, channel):
        self.session = kernel.client.session
        self.file = kernel.client.get_connection_info()
        self.channel = channel
        self.socket = zmq.Context.instance().socket(zmq.REQ if channel == "hb" else zmq.DEALER)
        self.socket.linger = 1_000
        self.socket.connect(f"tcp://{self.file['ip']}:{self.file[channel + '_port']}")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def header(self, kind="execute_request", **changes):
        header = self.session.msg_header(kind)
        header["date"] = header["date"].isoformat()
        header.update(changes)
        return header

    def signed(self, *parts, blobs=()):
        frames = [part if isinstance(part, bytes) else json.dumps(part).encode() for part in parts]
        return [DELIMITER, self.session.sign(frames), *frames, *blobs]

    def send(self, frames):
        self.socket.send_multipart(frames)


CODE = {"code": "1 + 1", "silent": False}


def without(header, key):
    return {k: v for k, v in header.items() if k != key}


HOSTILE = {
    "an empty frame": lambda s: [b""],
    "noise": lambda s: [bytes(range(256))],
    "no delimiter": lambda s: s.signed(s.header(), {}, {}, CODE)[1:],
    "nothing behind the delimiter": lambda s: [DELIMITER],
    "too few frames": lambda s: s.signed(s.header(), {}, {}, CODE)[:-2],
    "a wrong signature": lambda s: [DELIMITER, b"0" * 64, *s.signed(s.header(), {}, {}, CODE)[2:]],
    "an empty signature": lambda s: [DELIMITER, b"", *s.signed(s.header(), {}, {}, CODE)[2:]],
    "a signature that is not hexadecimal": lambda s: [DELIMITER, b"\xff\xfe", *s.signed(s.header(), {}, {}, CODE)[2:]],
    "broken JSON": lambda s: s.signed(b'{"msg_id": ', {}, {}, CODE),
    "empty parts": lambda s: s.signed(b"", b"", b"", b""),
    "bytes that are not UTF-8": lambda s: s.signed(b"\xff\xfe{}", {}, {}, b"\xc3\x28"),
    "a header that is an array": lambda s: s.signed([1, 2], {}, {}, CODE),
    "a header that is null": lambda s: s.signed(None, {}, {}, CODE),
    "no message type": lambda s: s.signed(without(s.header(), "msg_type"), {}, {}, CODE),
    "a message type that is a number": lambda s: s.signed(s.header(msg_type=7), {}, {}, CODE),
    "no message id": lambda s: s.signed(without(s.header(), "msg_id"), {}, {}, CODE),
    "a session that is an object": lambda s: s.signed(s.header(session={}), {}, {}, CODE),
    "a date that is a list": lambda s: s.signed(s.header(date=[1]), {}, {}, CODE),
    "an unknown message type": lambda s: s.signed(s.header("no_such_request"), {}, {}, {}),
    "a reply sent as a request": lambda s: s.signed(s.header("execute_reply"), {}, {}, {"status": "error"}),
    "an error sent as a reply": lambda s: s.signed(s.header("input_reply"), {}, {}, {"status": "error"}),
    "output sent as a request": lambda s: s.signed(s.header("status"), {}, {}, {"execution_state": "no such"}),
    "metadata that is a number": lambda s: s.signed(s.header(), {}, 5, CODE),
    "a parent that is a text": lambda s: s.signed(s.header(), "parent", {}, CODE),
    "content that is an array": lambda s: s.signed(s.header(), {}, {}, []),
    "content that is null": lambda s: s.signed(s.header(), {}, {}, None),
    "no code": lambda s: s.signed(s.header(), {}, {}, {}),
    "code that is an object": lambda s: s.signed(s.header(), {}, {}, {"code": {}}),
    "a flag that is a text": lambda s: s.signed(s.header(), {}, {}, {"code": "1", "silent": "perhaps"}),
    "expressions that are a list": lambda s: s.signed(s.header(), {}, {}, {"code": "1", "user_expressions": [1]}),
    "a cursor far away": lambda s: s.signed(s.header("complete_request"), {}, {}, {"code": "a", "cursor_pos": 10**9}),
    "a cursor before the code": lambda s: s.signed(s.header("inspect_request"), {}, {}, {"code": "a", "cursor_pos": -5}),
    "a cursor beyond all numbers": lambda s: s.signed(s.header("complete_request"), {}, {}, b'{"code": "a", "cursor_pos": 1e400}'),
    "history of no kind": lambda s: s.signed(s.header("history_request"), {}, {}, {"hist_access_type": "all"}),
    "a comm without an id": lambda s: s.signed(s.header("comm_msg"), {}, {}, {"data": 5}),
    "a comm that was never opened": lambda s: s.signed(s.header("comm_msg"), {}, {}, {"comm_id": "x", "data": {}}),
    "deep nesting": lambda s: s.signed(s.header(), {}, {}, b'{"code":' * 100_000),
    "deep nesting that is closed": lambda s: s.signed(s.header(), {}, b'{"a":' + b"[" * 50_000 + b"]" * 50_000 + b"}", CODE),
    "a huge frame": lambda s: [bytes(30_000_000)],
    "a huge signed number": lambda s: s.signed(s.header(), {}, {}, b'{"code": ' + b"9" * 1_000_000 + b"}"),
    "a hundred thousand frames": lambda s: [b"x"] * 100_000,
    "two objects in one part": lambda s: s.signed(s.header(), {}, {}, b'{"code": "1"} {}'),
    "JSON with liberties": lambda s: s.signed(s.header(), {}, {}, b"{code: '1'}"),
    "NaN": lambda s: s.signed(s.header(), {}, {}, b'{"code": NaN}'),
    "binary data behind it": lambda s: s.signed(s.header("no_such"), {}, {}, {}, blobs=[b"\x00" * 1_000] * 10),
}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_cell_is_answered_after_a_hostile_message_on_every_channel(besieged, hostile):
    for channel in CHANNELS:
        with Sender(besieged, channel) as sender:
            sender.send(hostile(sender))
    start = time.monotonic()
    assert besieged.run("6 * 7").value["text/plain"] == "42"
    assert time.monotonic() - start < PATIENCE
    assert_control_answers(besieged)


def assert_control_answers(kernel):
    """The control channel and the heartbeat, too."""
    client = kernel.client
    message = client.session.msg("kernel_info_request")
    client.control_channel.send(message)
    while client.get_control_msg(timeout=5)["parent_header"].get("msg_id") != message["header"]["msg_id"]:
        pass
    with Sender(kernel, "hb") as heart:
        heart.send([b"ping"])
        assert heart.socket.poll(1_000)
        assert heart.socket.recv_multipart() == [b"ping"]


def test_noise_without_any_protocol_is_survived(besieged):
    file = besieged.client.get_connection_info()
    for channel in (*CHANNELS, "iopub"):
        for noise in (b"GET / HTTP/1.1\r\n\r\n", bytes(100), b"\xff" * 10_000, b"\xff\0\0\0\0\0\0\0\1\x7f\3\0NULL" + bytes(48)):
            with socket.create_connection((file["ip"], file[channel + "_port"])) as raw:
                raw.sendall(noise)
    assert besieged.run("6 * 7").value["text/plain"] == "42"
    assert_control_answers(besieged)


def test_a_message_is_answered_once(besieged):
    count = besieged.run("int replayed = 0;").reply["execution_count"]
    with Sender(besieged, "shell") as sender:
        frames = sender.signed(sender.header(), {}, {}, {"code": "replayed++", "allow_stdin": False})
        for _ in range(3):
            sender.send(frames)
        assert sender.socket.poll(5_000)
        # Not before: whichever channel sees a message first, the others take it for a copy.
        with Sender(besieged, "control") as other:
            other.send(frames)
    answer = besieged.run("replayed")
    assert answer.value["text/plain"] == "1"
    assert answer.reply["execution_count"] == count + 2


def test_what_is_dropped_is_said_in_the_log_and_nowhere_else(besieged):
    for channel, hostile in (("shell", "a wrong signature"), ("control", "no delimiter")):
        with Sender(besieged, channel) as sender:
            sender.send(HOSTILE[hostile](sender))
    besieged.run("6 * 7")
    assert_control_answers(besieged)
    log = besieged.log()
    assert "drops a message on the shell channel: its signature is wrong" in log
    assert "drops a message on the control channel: it has no delimiter <IDS|MSG>" in log
    assert "\tat " not in log


def test_a_question_waits_for_its_answer_among_other_messages(besieged):
    request = besieged.send("new Scanner(System.in).nextLine()", allow_stdin=True)
    besieged.client.get_stdin_msg(timeout=20)
    with Sender(besieged, "stdin") as sender:
        sender.send([b"noise"])
        sender.send(sender.signed(sender.header("execute_request"), {}, {}, CODE))
    besieged.client.input("the answer")
    assert besieged.finish(request).value["text/plain"] == "the answer"
