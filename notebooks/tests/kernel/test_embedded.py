"""What the embedded kernel does beyond the contract."""

import os
import time
from pathlib import Path

import pytest
from talk import Kernel, install_kernel


def test_ten_megabytes_of_output_arrive_whole_and_soon(embedded):
    answer = embedded.run('for (int i = 0; i < 125_000; i++) { System.out.println("%079d".formatted(i)); }')
    lines = answer.text().splitlines()
    assert len(lines) == 125_000
    assert lines[0] == "0" * 79
    assert lines[-1] == "124999".zfill(79)
    assert len(answer.of("stream")) < 1_000


def test_half_a_character_is_never_sent(embedded):
    answer = embedded.run('System.out.print("é".repeat(40_000)); System.out.print("😀".repeat(40_000));')
    assert answer.text() == "é" * 40_000 + "😀" * 40_000


def test_output_and_displays_and_errors_keep_their_order(embedded):
    answer = embedded.run('System.out.println(1); display("2"); System.err.println(3); System.out.println(4); 5')
    kinds = [kind for kind, _ in answer.messages]
    assert kinds == ["status", "execute_input", "stream", "display_data", "stream", "stream", "execute_result"]


def test_output_comes_while_the_cell_runs(embedded):
    request = embedded.send('System.out.print("begun"); Thread.sleep(1_500);')
    start = time.monotonic()
    assert embedded.wait_for(request, "stream")["text"] == "begun"
    assert time.monotonic() - start < 1
    embedded.finish(request)


def test_an_error_has_its_class_its_message_its_causes_and_its_line(embedded):
    answer = embedded.run(
        """int deeper() {

  throw new IllegalStateException("outer", new java.io.IOException("disk full"));
}

int before = 1;
deeper();
"""
    )
    assert answer.error["ename"] == "IllegalStateException"
    assert answer.error["evalue"] == "outer"
    assert answer.reply["ename"] == "IllegalStateException"
    lines = answer.report.splitlines()
    assert lines[0] == "java.lang.IllegalStateException: outer"
    assert lines[1].startswith("  line 3 of this cell: throw new IllegalStateException")
    assert lines[2] == "  line 7 of this cell: deeper();"
    assert "Caused by java.io.IOException: disk full" in lines


def test_an_error_names_the_other_cell_that_it_comes_from(embedded):
    count = embedded.run("\nint half(int x) {\n  return x / 0;\n}").reply["execution_count"]
    report = embedded.run("half(1)").report
    assert f"  line 3 of cell [{count}]: return x / 0;" in report
    assert "  line 1 of this cell: half(1)" in report


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ('throw new AssertionError("no");', "AssertionError"),
        ("int down(int n) { return down(n + 1) + 1; }\ndown(1)", "StackOverflowError"),
        ("new double[Integer.MAX_VALUE]", "OutOfMemoryError"),
    ],
)
def test_an_error_that_is_no_exception_is_reported_too(embedded, code, name):
    assert embedded.run(code).error["ename"] == name
    assert embedded.run("1").value["text/plain"] == "1"


def test_a_value_that_cannot_be_shown_is_an_error_of_its_cell(embedded):
    answer = embedded.run(
        'class Bad { public String toString() { throw new IllegalStateException("no words"); } }\nnew Bad()'
    )
    assert answer.error["evalue"] == "no words"


def test_code_that_does_not_compile_is_pointed_at(embedded):
    answer = embedded.run('int fine = 1;\nint wrong = "text";')
    lines = answer.report.splitlines()
    assert lines[0] == "line 2 of this cell:"
    assert lines[1] == '    int wrong = "text";'
    assert lines[2] == "                ^^^^^^"
    assert "incompatible types" in answer.error["evalue"]


def test_a_cell_that_ends_too_early_says_so(embedded):
    assert "ends before its code does" in embedded.run("int f() {").error["evalue"]


def test_code_may_use_what_a_later_cell_defines(embedded):
    assert embedded.run("int later() { return notYet() + 1; }").status == "ok"
    assert "not defined: method notYet()" in embedded.run("later()").report
    assert embedded.run("int notYet() { return 1; }\nlater()").value["text/plain"] == "2"


def test_the_cells_sent_after_one_that_fails_do_not_run(embedded):
    requests = [embedded.send(code) for code in ("Thread.sleep(500);\nint bad = 1 / 0;", "int skipped = 1;", "2")]
    assert [embedded.finish(each).status for each in requests] == ["error", "aborted", "aborted"]
    assert embedded.run("3").value["text/plain"] == "3"
    assert embedded.run("skipped").status == "error"
    requests = [embedded.send(code, stop_on_error=False) for code in ("Thread.sleep(500);\n1 / 0", "2")]
    assert [embedded.finish(each).status for each in requests] == ["error", "ok"]


def test_a_cell_can_evaluate_another(embedded, tmp_path):
    assert embedded.run('eval("int inner = 20; inner + 1")').value["text/plain"] == "21"
    assert embedded.run('try { eval("1 / 0"); } catch (Exception e) { }\n5').value["text/plain"] == "5"
    (tmp_path / "more.jsh").write_text("int loaded = 7;")
    assert embedded.run(f"%load {tmp_path}/more.jsh\nloaded").value["text/plain"] == "7"


def test_an_interrupt_ends_a_cell_of_many_snippets_wherever_it_is(embedded):
    many = "".join(f"int many{i} = {i};\n" for i in range(400))
    answer = embedded.interrupted(many)
    assert answer.status == "error"
    assert answer.seconds < 1.9


BUSY = {
    "a loop": "long n = 0;\nwhile (true) { n++; }",
    "a loop that catches everything": "while (true) { try { Math.sin(1); } catch (Exception e) { } }",
    "a method that never returns": "void spin() { for (;;) { } }\nspin();",
    "a stream": "java.util.stream.IntStream.iterate(0, i -> i + 1).parallel().forEach(i -> { });",
    "a wait": "new Object() { synchronized void hold() throws Exception { wait(); } }.hold();",
}


@pytest.mark.parametrize("code", BUSY.values(), ids=BUSY.keys())
def test_an_interrupt_ends_whatever_runs(embedded, code):
    answer = embedded.interrupted(code)
    assert answer.status == "error"
    assert answer.seconds < 1.9
    assert embedded.run("1 + 1").value["text/plain"] == "2"


def test_a_variable_keeps_what_it_had_when_the_cell_was_interrupted(embedded):
    embedded.interrupted("int kept = 0;\nwhile (true) { kept++; }")
    assert int(embedded.run("kept").value["text/plain"]) > 0


def test_a_cell_that_no_one_can_stop_is_left_behind_and_said_so(embedded):
    # Code of a jar has no points to stop at; a thread that is stopped by force can catch that, too.
    stubborn = "java.util.stream.Stream.generate(() -> 1).sorted().count();"
    answer = embedded.interrupted(stubborn)
    assert answer.status == "error"
    assert answer.seconds < 8
    assert embedded.run("1 + 1").value["text/plain"] == "2"


def test_an_interrupt_of_an_idle_kernel_does_nothing(embedded):
    embedded.manager.interrupt_kernel()
    time.sleep(0.5)
    assert embedded.run("Thread.sleep(200); 1").value["text/plain"] == "1"


def test_a_cell_can_ask_its_reader(embedded):
    request = embedded.send(
        "var in = new Scanner(System.in);\nin.nextLine() + in.nextLine()", allow_stdin=True
    )
    for line in ("hello, ", "wörld"):
        assert embedded.client.get_stdin_msg(timeout=20)["msg_type"] == "input_request"
        embedded.client.input(line)
    assert embedded.finish(request).value["text/plain"] == "hello, wörld"


def test_a_question_can_be_interrupted_and_asked_again(embedded):
    request = embedded.send("System.in.read();", allow_stdin=True)
    embedded.client.get_stdin_msg(timeout=20)
    embedded.manager.interrupt_kernel()
    assert embedded.finish(request).status == "error"
    embedded.client.input("too late")
    request = embedded.send("new Scanner(System.in).nextLine()", allow_stdin=True)
    embedded.client.get_stdin_msg(timeout=20)
    embedded.client.input("in time")
    assert embedded.finish(request).value["text/plain"] == "in time"


def test_tab_lists_what_a_layer_can_do_before_what_every_object_can(embedded):
    matches = embedded.ask(embedded.client.complete, "dense(64).")["matches"]
    assert "relu(" in matches
    assert matches.index("relu(") < matches.index("equals(")
    assert set(matches[-7:]) == {"equals(", "getClass()", "hashCode()", "notify()", "notifyAll()", "toString()", "wait("}


@pytest.mark.parametrize(
    ("code", "match", "start"),
    [
        ("var layer = dense(3);\nlayer.sigm", "sigmoid()", 28),
        ("import java.util.*;\nnew ArrayLi", "ArrayList(", 24),
        ('String s = "😀"; s.le', "length()", 18),
        ("%classpath x\nMath.sig", "signum(", 18),
    ],
)
def test_tab_knows_the_lines_above(embedded, code, match, start):
    reply = embedded.ask(embedded.client.complete, code)
    assert reply["matches"] == [match]
    assert reply["cursor_start"] == start
    assert reply["cursor_end"] == len(code)


def test_shift_tab_shows_the_javadoc_of_a_factory_and_of_what_it_makes(embedded):
    for code, at in (("dense(64)", 2), ("dense(64).relu()", 5), ("var x = 1;\ndense(64)", 13)):
        reply = embedded.ask(embedded.client.inspect, code, at)
        assert reply["found"]
        text = reply["data"]["text/plain"]
        assert text.startswith("Dense Lossbook.dense(int units)")
        assert "every output sees every input" in text
        assert "36,928" in text
        assert "{@" not in text


def test_shift_tab_on_nothing_finds_nothing(embedded):
    assert not embedded.ask(embedded.client.inspect, "noSuchThing", 3)["found"]


def test_a_silent_cell_leaves_no_trace(embedded):
    count = embedded.run("1").reply["execution_count"]
    assert embedded.run("2", silent=True).messages == [("status", {"execution_state": "busy"})]
    assert embedded.run("3").reply["execution_count"] == count + 1


def test_magics_add_jars_to_the_cells(embedded, tmp_path):
    source = tmp_path / "greet" / "Greeting.java"
    source.parent.mkdir()
    source.write_text('package greet; public class Greeting { public static String word() { return "hello"; } }')
    made = embedded.run(
        f"""
        var compiler = javax.tools.ToolProvider.getSystemJavaCompiler();
        compiler.run(null, null, null, "-d", "{tmp_path}/classes", "{source}")
        """
    )
    assert made.value["text/plain"] == "0"
    answer = embedded.run(f"List<String> added = %classpath {tmp_path}/cl*\ngreet.Greeting.word()")
    assert answer.value["text/plain"] == "hello"
    assert embedded.run("added").value["text/plain"] == f"[{tmp_path}/classes]"


def test_maven_fetches_a_library_and_what_it_needs(embedded):
    answer = embedded.run("%maven com.google.code.gson:gson:2.8.5\nnew com.google.gson.Gson().toJson(List.of(1))")
    assert answer.value["text/plain"] == "[1]"
    where = "com.google.gson.Gson.class.getProtectionDomain().getCodeSource().getLocation().getPath()"
    assert embedded.run(where).value["text/plain"].endswith("/gson-2.8.5.jar"), "the kernel's own version"


def test_maven_says_what_it_cannot_find(embedded):
    answer = embedded.run("%maven org.lossbook:no-such-thing:1")
    assert "org.lossbook:no-such-thing" in answer.error["evalue"]
    assert "not a coordinate" in embedded.run("%maven gson").error["evalue"]


def test_an_unknown_magic_lists_those_that_are_known(embedded):
    assert "%maven" in embedded.run("%mavn a:b:1").error["evalue"]


def test_two_kernels_at_once_keep_their_own_variables(search_path, tmp_path):
    with Kernel("lossbook", tmp_path) as one, Kernel("lossbook", tmp_path) as two:
        requests = [(each, each.send(f"int mine = {i};\nThread.sleep(300);\nmine")) for i, each in enumerate((one, two))]
        values = [each.finish(request).value["text/plain"] for each, request in requests]
        assert values == ["0", "1"]


def test_shutdown_leaves_no_process_even_while_a_cell_runs(search_path, tmp_path):
    with Kernel("lossbook", tmp_path) as kernel:
        pid = kernel.pid
        kernel.send("while (true) { try { Thread.sleep(50); } catch (Throwable e) { } }")
        time.sleep(0.5)
    assert not Path(f"/proc/{pid}").exists() or "zombie" in Path(f"/proc/{pid}/status").read_text()


def test_a_restart_begins_anew(search_path, tmp_path):
    with Kernel("lossbook", tmp_path) as kernel:
        kernel.run("int kept = 1;")
        kernel.manager.restart_kernel(now=False)
        kernel.client.wait_for_ready(timeout=60)
        assert "cannot find symbol" in kernel.run("kept").error["evalue"]


def test_an_uninstalled_kernel_leaves_what_others_put_there(tmp_path):
    other = tmp_path / "share" / "jupyter" / "kernels" / "python3" / "kernel.json"
    other.parent.mkdir(parents=True)
    other.write_text("{}")
    assert install_kernel("--prefix", tmp_path).returncode == 0
    assert sorted(os.listdir(other.parents[1])) == ["lossbook", "python3"]
    assert install_kernel("--prefix", tmp_path, "--uninstall").returncode == 0
    assert os.listdir(other.parents[1]) == ["python3"]
    assert "nothing removed" in install_kernel("--prefix", tmp_path, "--uninstall").stdout


def test_cells_print_numbers_in_english_on_every_machine_and_keep_its_language(search_path, tmp_path, monkeypatch):
    monkeypatch.setenv("JDK_JAVA_OPTIONS", "-Duser.language=fa -Duser.country=IR -Duser.extensions=u-nu-arabext")
    with Kernel("lossbook", tmp_path) as kernel:

        def value(code):
            return kernel.run(code).value["text/plain"]

        assert value('"%.3f %,d".formatted(0.152, 60_000)') == "0.152 60,000"
        assert kernel.run('printf("%.3f", 0.152)').text() == "0.152"
        assert value("java.text.NumberFormat.getInstance().format(1234.5)") == "1,234.5"
        assert value("Locale.getDefault().getLanguage()") == "fa"
        assert value('String.format(Locale.GERMANY, "%.3f", 0.152)') == "0,152"
        assert value('Locale.setDefault(Locale.GERMANY);\n"%.3f".formatted(0.152)') == "0,152"
