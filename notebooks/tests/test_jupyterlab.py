"""The first notebook in JupyterLab, in a real browser: run, watched, moved, asked and interrupted as a reader does it.

Pictures of what the browser showed stay in build/jupyterlab.
"""

import shutil
from pathlib import Path

import nbformat
import pytest
from execute import KERNEL, NOTEBOOKS
from in_browser import Explorer, Notebook, Server

FIRST = "00-start-here.ipynb"
SHELF = "shelf.ipynb"
SEEN = Path(__file__).resolve().parents[2] / "build" / "jupyterlab"
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}

# One of each kind that a cell can end with and that the first notebook does not have.
KINDS = """
adam().formula()
---
var x = new double[][] {{0.5, -1}, {1, 2}, {-0.3, 0.8}};
var y = new double[][] {{1, 0}, {0, 1}, {1, 0}};
var tiny = sequential(input(2), dense(3).tanh(), dense(2).softmax()).seed(1).compile(sgd(), categoricalCrossentropy());
backprop(tiny, x, y)
---
gradientCheck(tiny, x, y)
---
categoricalCrossentropy().gradient(y, tiny.predict(x))
---
var cnn = sequential(
        input(28, 28, 1),
        conv2d(32, 3).relu(),
        maxPooling2d(2),
        conv2d(64, 3).relu(),
        maxPooling2d(2),
        flatten(),
        dense(64).relu().named("a dense layer whose name is long"),
        dense(10).softmax())
    .compile(adam(), sparseCategoricalCrossentropy(), accuracy());
cnn
---
cnn.plot()
---
landscape(tiny, dataset(x, y)).resolution(9)
---
descend((a, b) -> a.square().plus(b.square().times(4)), vector(3, 1), sgd().learningRate(0.1), adam())
---
var blobs = makeBlobs(200).seed(1);
blobs.plot()
---
blobs
---
org.knowm.xchart.QuickChart.getChart("a chart", "x", "y", "s", new double[] {1, 2}, new double[] {3, 4})
---
double[][] wide = new double[30][30];
wide
"""


@pytest.fixture(scope="module")
def server(installed, tmp_path_factory):
    with Server(tmp_path_factory.mktemp("jupyterlab"), installed) as server:
        shutil.copy(NOTEBOOKS / FIRST, server.folder)
        shelf = nbformat.v4.new_notebook(metadata={"kernelspec": {"name": KERNEL, "display_name": "Java (Lossbook)"}})
        shelf.cells = [nbformat.v4.new_code_cell(code.strip()) for code in KINDS.split("---")]
        nbformat.write(shelf, server.folder / SHELF)
        yield server
    assert server.complaints() == []


@pytest.fixture(scope="module")
def first(browser, server):
    """The first notebook as it is committed: nothing has run, and JupyterLab does not trust it."""
    notebook = Notebook(browser, server, FIRST)
    yield notebook
    notebook.close()
    assert notebook.complaints == []


@pytest.fixture(scope="module")
def trained(first):
    """The first notebook after all its cells ran, and the two states of the training that were seen meanwhile."""
    states = []
    first.run_all()
    first.page.wait_for_function(SHOW_THE_TRAINING)
    for _ in range(2):
        states.append(first.page.wait_for_function(A_NEW_STATE, arg=states[-1] if states else None).json_value())
    SEEN.mkdir(parents=True, exist_ok=True)
    first.page.screenshot(path=SEEN / "training.png")
    first.wait_until_done()
    first.states = states
    return first


@pytest.fixture(scope="module")
def shelf(browser, server):
    notebook = Notebook(browser, server, SHELF)
    notebook.run_all()
    notebook.wait_until_done()
    yield notebook
    notebook.close()
    assert notebook.complaints == []


# Finds the bar and scrolls to it at once: each update puts a new one in its place.
SHOW_THE_TRAINING = """
() => {
  const bar = document.querySelector('.jp-OutputArea progress');
  bar?.scrollIntoView({block: 'center'});
  return bar !== null;
}
"""

# A training at work that is further than the one given: how far it is, what it says, and its curves.
A_NEW_STATE = """
before => {
  const bar = document.querySelector('.jp-OutputArea progress');
  const curves = bar && bar.parentElement.querySelector('img');
  return curves && bar.value > (before ? before.done : 0) && bar.value < 1
    && (!before || curves.src !== before.curves)
    && {done: bar.value, words: bar.parentElement.textContent, curves: curves.src};
}
"""

# Every image that is to be seen in an output, in the shadow of an explorer too, with what a screen reader calls it.
IMAGES = """
() => {
  const found = [];
  const look = root => root.querySelectorAll('*').forEach(e => {
    if (e.shadowRoot) look(e.shadowRoot);
    if (!e.checkVisibility()) return;
    if (e.localName === 'img') found.push({name: e.alt, width: e.getBoundingClientRect().width, meant: e.naturalWidth});
    if (e.localName === 'svg' && e.parentNode.closest('svg') === null)
      found.push({name: e.getAttribute('role') === 'img' && e.getAttribute('aria-label')});
  });
  document.querySelectorAll('.jp-Notebook .jp-OutputArea-output').forEach(look);
  return found;
}
"""

# What is wider than the place it has.
TOO_WIDE = """
() => {
  const wide = [...document.querySelectorAll('.jp-OutputArea-output, .jp-RenderedMarkdown, .jp-WindowedPanel-outer')]
    .filter(e => e.scrollWidth > e.clientWidth + 1)
    .map(e => `${e.className}: ${e.scrollWidth} in ${e.clientWidth}: ${e.textContent.slice(0, 60)}`);
  if (document.documentElement.scrollWidth > innerWidth) wide.push('the page');
  return wide;
}
"""

# The words that are shown with less contrast than WCAG 2 asks of small text (level AA).
PALE = """
() => {
  const pen = Object.assign(document.createElement('canvas'), {width: 1, height: 1}).getContext('2d', {willReadFrequently: true});
  const rgba = colour => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = colour;
    pen.fillRect(0, 0, 1, 1);
    return [...pen.getImageData(0, 0, 1, 1).data];
  };
  const above = e => e.assignedSlot || e.parentElement || (e.getRootNode().host ?? null);
  const over = ([r, g, b, a], under) => [r, g, b].map((v, i) => v * a / 255 + under[i] * (1 - a / 255));
  const ground = e => e === null ? [255, 255, 255] : over(rgba(getComputedStyle(e).backgroundColor), ground(above(e)));
  const light = colour => colour.map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const pale = [];
  let words = 0;
  const look = e => {
    if (e.shadowRoot) [...e.shadowRoot.children].forEach(look);
    if (!e.checkVisibility() || e.localName === 'style') return;
    const own = [...e.childNodes].some(n => n.nodeType === Node.TEXT_NODE && n.data.trim()) || e.localName === 'mjx-c';
    if (own) {
      const style = getComputedStyle(e), under = ground(e);
      const ink = over(rgba(e.namespaceURI.endsWith('svg') ? style.fill : style.color), under);
      const [dark, bright] = [light(ink), light(under)].sort((a, b) => a - b);
      const contrast = (bright + 0.05) / (dark + 0.05);
      words++;
      if (contrast < 4.5) pale.push(`${e.localName} ${contrast.toFixed(2)}: ${e.textContent.slice(0, 40) || e.className}`);
    }
    [...e.children].forEach(look);
  };
  document.querySelectorAll('.jp-Notebook .jp-OutputArea-output, .jp-Notebook .jp-RenderedMarkdown').forEach(look);
  return {words, formulas: document.querySelectorAll('.jp-OutputArea-output mjx-container').length, pale: [...new Set(pale)]};
}
"""


def pictures_have_names(notebook, at_least):
    images = notebook.page.evaluate(IMAGES)
    assert len(images) >= at_least
    assert [image for image in images if len(image["name"] or "") < len("a chart: a")] == []
    # None is drawn smaller than it was meant to be.
    assert [image for image in images if "meant" in image and not image["width"] == image["meant"] > 0] == []


def test_what_is_committed_shows_before_anything_has_run_and_every_picture_says_what_it_is(first):
    first.whole(SEEN / "as-committed.png")
    pictures_have_names(first, at_least=6)
    assert first.page.evaluate(TOO_WIDE) == []


def test_the_first_page_is_the_first_notebook_beside_a_list_of_notebooks(browser, server):
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    (server.folder / "tools").mkdir()
    page.goto(server.first_address())
    page.locator(".jp-Notebook .jp-Cell", has_text="What is a loss").wait_for()
    listed = page.locator(".jp-DirListing-item")
    listed.filter(has_text=FIRST).wait_for()
    assert listed.count() == len(list(server.folder.glob("*.ipynb")))
    page.screenshot(path=SEEN / "first-page.png")
    page.close()


def test_all_cells_run_and_the_training_is_seen_on_its_way(trained):
    one, other = trained.states
    assert 0 < one["done"] < other["done"] < 1
    assert one["words"] != other["words"]
    code = [cell for cell in trained.saved().cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    for cell in code:
        kinds = [output.output_type for output in cell.outputs]
        assert ("error" in kinds) == ("raises-exception" in cell.metadata.get("tags", [])), cell.source
        assert [output for output in cell.outputs if output.get("name") == "stderr"] == []


def test_after_the_run_every_picture_says_what_it_is(trained):
    pictures_have_names(trained, at_least=6)


def test_the_keys_move_an_explorers_slider_and_the_curve_follows(trained):
    it = Explorer(trained.page, "mse")
    it.section.scroll_into_view_if_needed()
    before = it.shape()
    it.press("prediction ŷ", "ArrowLeft", 3)
    it.press("truth y", "ArrowRight", 5)

    trained.page.screenshot(path=SEEN / "explorer.png")
    after = it.shape()
    assert after["loss-line"]["d"] != before["loss-line"]["d"]
    assert after["tangent"] != before["tangent"]
    cell = trained.run("mse().of(1.5, 2.2)")
    java = float(cell.locator(".jp-OutputArea-executeResult .jp-OutputArea-output").inner_text())
    assert it.number("value") == pytest.approx([java])


def test_tab_after_a_dot_offers_the_refinements_of_a_layer(trained):
    cell = trained.add_cell("dense(64).")
    trained.page.keyboard.press("Tab")
    offered = trained.page.locator(".jp-Completer-item")
    offered.filter(has_text="relu").first.wait_for()
    trained.page.screenshot(path=SEEN / "completer.png")
    trained.page.keyboard.type("rel")
    trained.page.keyboard.press("Enter")
    cell.locator(".cm-content", has_text="dense(64).relu").wait_for()
    trained.page.keyboard.press("Escape")


def test_a_long_training_is_stopped_by_the_button_and_keeps_its_weights(trained):
    fit = trained.start("model.fit(digits.train(), epochs(500).batchSize(32).seed(2));")
    fit.locator("progress").wait_for()
    fit.scroll_into_view_if_needed()
    trained.page.wait_for_function("() => [...document.querySelectorAll('progress')].at(-1).value > 0.001")
    trained.page.get_by_role("button", name="Interrupt the kernel").click()
    trained.wait_until_done()
    assert "Interrupted" in fit.locator(".jp-OutputArea").inner_text()
    asked = trained.run('model.evaluate(digits.test()).get("accuracy")')
    assert float(asked.locator(".jp-OutputArea-output").inner_text()) > 0.9
    trained.page.screenshot(path=SEEN / "interrupted.png")


def test_one_of_each_kind_says_what_it_is(shelf):
    saved = shelf.saved()
    assert [o for cell in saved.cells for o in cell.outputs if o.output_type in ("error", "stream")] == []
    assert all(cell.outputs for cell in saved.cells)
    pictures_have_names(shelf, at_least=5)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", ["trained", "shelf"])
def test_all_words_are_readable_and_everything_fits_a_laptop(request, name, theme):
    notebook = request.getfixturevalue(name)
    notebook.page.bring_to_front()
    notebook.theme(THEMES[theme])
    notebook.whole(SEEN / f"{name}-{theme}.png")
    shown = notebook.page.evaluate(PALE)
    assert shown["words"] > 50
    assert shown["formulas"] >= 2
    assert shown["pale"] == []
    assert notebook.page.evaluate(TOO_WIDE) == []
