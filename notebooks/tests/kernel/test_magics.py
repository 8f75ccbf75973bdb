"""Magics, and what else a reader of IPython's or IJava's notebooks expects of the embedded kernel."""

import time

import pytest
from talk import Kernel


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ('String text = """\n%s has loss\n!ls\n""";\ntext', "%s has loss\n!ls\n"),
        ("int a = 17, b = 5;\na\n % b", "2"),
        ("a\n%b", "2"),
        ("boolean done = false;\n!done", "true"),
        ("/*\n%maven no:such:1\n*/ 3", "3"),
        ("import java.awt.*;\n%time 4", "4"),
        ("%%time\nint five = 5;\nfive", "5"),
        ("var lines = %sx echo one; echo two\nlines", "[one, two]"),
        ("String said = \"x  y\";\n%sx echo \"${said}\"", "[x  y]"),
        ('eval("%time 6")', "6"),
    ],
)
def test_a_magic_is_one_only_where_a_statement_can_begin(embedded, code, value):
    assert embedded.run(code).value["text/plain"] == value


def test_a_magic_within_a_block_sees_its_variables(embedded):
    answer = embedded.run("for (int i = 0; i < 2; i++) {\n  !echo $i ${i}x\n}")
    assert answer.text() == "0 0x\n1 1x\n"
    report = embedded.run("for (var v : new int[] {1}) {\n  %maven only${v}\n}").report
    assert "receives only1, which is not a coordinate" in report
    assert "line 2 of this cell: %maven only${v}" in report


def test_an_error_in_a_magic_shows_the_readers_line_alone(embedded):
    lines = embedded.run("\n%mavne x:y:z").report.splitlines()
    assert "There is no magic %mavne, but there is %maven" in lines[0]
    assert lines[1:] == ["  line 2 of this cell: %mavne x:y:z"]


@pytest.mark.parametrize("code", ["%%bash\necho running; sleep 60", "!echo running; sleep 60"])
def test_a_command_streams_and_can_be_interrupted(embedded, code):
    request = embedded.send(code)
    assert embedded.wait_for(request, "stream")["text"] == "running\n"
    embedded.manager.interrupt_kernel()
    answer = embedded.finish(request)
    assert answer.status == "error"
    assert answer.seconds < 1.9


def test_many_runs_can_be_interrupted(embedded):
    request = embedded.send("System.out.println(1);\n%timeit Thread.sleep(300)")
    embedded.wait_for(request, "stream")
    embedded.manager.interrupt_kernel()
    assert embedded.finish(request).status == "error"


def test_an_exit_status_is_said(embedded):
    answer = embedded.run("!exit 3")
    assert answer.status == "ok"
    assert "ended with exit status 3" in answer.text("stderr")
    assert "%%bash ended with exit status 4" in embedded.run("%%bash\nexit 4").error["evalue"]


def test_a_file_is_written_and_run(embedded, tmp_path):
    embedded.run(f"%%writefile {tmp_path}/more.jsh\nint written = 7;")
    embedded.run(f"%%writefile -a {tmp_path}/more.jsh\nint longer = 1;")
    assert embedded.run(f"%load {tmp_path}/more.jsh\nwritten + longer").value["text/plain"] == "8"
    listed = embedded.run("%jshell /vars written").text()
    assert listed == "int written = 7\n"


def test_commands_run_in_the_folder_and_with_the_variables_that_magics_set(embedded, tmp_path):
    (tmp_path / "more.jsh").write_text("int found = 8;")
    try:
        said = embedded.run(f"%cd {tmp_path}\n%env LOSSBOOK_TRIED=yes").text()
        assert said.splitlines()[0] == str(tmp_path)
        assert "paths in Java code still begin in" in said and "System.getenv keeps" in said
        assert embedded.run("!pwd; echo $LOSSBOOK_TRIED").text() == f"{tmp_path}\nyes\n"
        assert embedded.run("%%bash\npwd; echo $LOSSBOOK_TRIED").text() == f"{tmp_path}\nyes\n"
        assert embedded.run("%load more.jsh\nfound").value["text/plain"] == "8"
        assert embedded.run("var tried = %env LOSSBOOK_TRIED\ntried").value["text/plain"] == "yes"
        assert embedded.run('System.getenv("LOSSBOOK_TRIED") == null').value["text/plain"] == "true"
    finally:
        embedded.run("%cd -")


def test_magics_are_listed_explained_and_completed(embedded):
    listed = embedded.run("%lsmagic").text()
    for name in ("%maven", "%%bash", "%timeit", "%%writefile", "%jshell", "%options", "%help"):
        assert name in listed
    assert "runs the cell once" in embedded.run("%time?").text()
    links = {each["text"]: each["url"] for each in embedded.ask(embedded.client.kernel_info)["help_links"]}
    assert all(url.startswith("https://") for url in links.values())
    assert "Lossbook" in links


def test_a_display_leaves_no_identifier(embedded):
    answer = embedded.run('display("shown")')
    assert answer.value == {}
    answer = embedded.run('display(1, "mine");\nupdateDisplay("mine", new String[] {"a", "b"})')
    (first,) = answer.of("display_data")
    (second,) = answer.of("update_display_data")
    assert first["transient"]["display_id"] == second["transient"]["display_id"] == "mine"
    assert second["data"]["text/plain"] == "[a, b]"
    assert embedded.run("display(null);").of("display_data")[0]["data"]["text/plain"] == "null"


def test_text_of_other_kinds_is_shown(embedded):
    (shown,) = embedded.run("%%html\n<b>bold</b>").of("display_data")
    assert shown["data"] == {"text/html": "<b>bold</b>"}


def test_a_readers_renderer_shows_its_type(embedded):
    answer = embedded.run(
        """record Dot(int x) {}
org.lossbook.notebook.ValueRenderer.register(Dot.class, d -> Map.of("text/html", "<b>" + d.x() + "</b>"));
new Dot(3)"""
    )
    assert answer.value == {"text/html": "<b>3</b>", "text/plain": "Dot[x=3]"}


def test_an_added_library_explains_itself(embedded):
    embedded.run("%maven org.apache.commons:commons-csv:1.10.0")
    code = "org.apache.commons.csv.CSVFormat.DEFAULT.getDelimiter"
    end = time.monotonic() + 60
    found = ""
    while "the first character delimiting" not in found and time.monotonic() < end:
        found = embedded.ask(embedded.client.inspect, code, len(code))["data"]["text/plain"]
    assert "the first character delimiting" in found


PREVIEW = """%options --enable-preview
import java.lang.reflect.*;
%options"""


def test_preview_features_are_asked_for_in_the_first_cell(search_path, tmp_path):
    with Kernel("lossbook", tmp_path) as kernel:
        assert "--enable-preview -source" in kernel.run(PREVIEW).text()
        assert kernel.run("int later = 1;\nModifier.PUBLIC").value["text/plain"] == "1"
        assert kernel.run("%options --enable-preview").status == "ok"
        assert "before the first declaration" in kernel.run("%options -Xlint").error["evalue"]


def test_the_environment_holds_options(search_path, tmp_path, monkeypatch):
    monkeypatch.setenv("LOSSBOOK_JVM_OPTS", "-Xmx333m -Dof.the.reader=yes")
    monkeypatch.setenv("LOSSBOOK_COMPILER_OPTS", "-Xlint:all")
    with Kernel("lossbook", tmp_path) as kernel:
        assert kernel.run('System.getProperty("of.the.reader")').value["text/plain"] == "yes"
        assert "Compiler: -parameters -g -Xlint:all" in kernel.run("%options").text()
        assert kernel.interrupted("Thread.sleep(60_000);").status == "error"


def test_options_that_the_jvm_refuses_are_named(search_path, tmp_path, monkeypatch):
    monkeypatch.setenv("LOSSBOOK_JVM_OPTS", "-Xnonsense")
    monkeypatch.setenv("LOSSBOOK_COMPILER_OPTS", "-nonsense")
    with Kernel("lossbook", tmp_path) as kernel:
        said = kernel.run("1").text("stderr")
        assert "LOSSBOOK_JVM_OPTS=-Xnonsense" in said
        assert "LOSSBOOK_COMPILER_OPTS expects options of javac" in said
        assert kernel.run("2").text("stderr") == ""
