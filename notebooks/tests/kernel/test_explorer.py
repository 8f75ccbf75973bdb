"""Explorers in a real browser: an exported page moves as it should, by keyboard, and asks the network for nothing."""

import json
from pathlib import Path

import nbformat
import pytest
from in_browser import Explorer, Server
from nbconvert import HTMLExporter

SEEN = Path(__file__).resolve().parents[3] / "build" / "explorers"
EXPLORED = ["mse().explore()", "categoricalCrossentropy().explore()", "huber().explore()"]


def notebook(cells):
    # Any kernel will do, none of these cells is run; without one JupyterLab would ask for it.
    nb = nbformat.v4.new_notebook(metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}})
    for code, value in cells:
        cell = nbformat.v4.new_code_cell(code)
        cell.outputs = [nbformat.v4.new_output("execute_result", data=value, execution_count=1)]
        nb.cells.append(cell)
    return nb


def exported(cells, theme="light"):
    """The page that nbconvert makes of cells and their values."""
    return HTMLExporter(theme=theme).from_notebook_node(notebook(cells))[0]


class Page:
    """An exported page, and all that it complained about or asked for."""

    def __init__(self, browser, path, **options):
        self.asked, self.complaints = [], []
        self.page = browser.new_page(viewport={"width": 1000, "height": 900}, **options)
        self.page.on("console", lambda message: message.type == "error" and self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.set_default_timeout(5000)
        # nbconvert's own page asks for MathJax and for RequireJS: here they are empty.
        self.page.route("http*://**", self._answer)
        self.page.goto(path.as_uri())

    def _answer(self, route):
        self.asked.append(route.request.url)
        route.fulfill(body="", content_type="text/javascript")

    def explorer(self, title):
        return Explorer(self.page, title)


@pytest.fixture(scope="module")
def cells(embedded):
    return [(code, embedded.run(code).value) for code in EXPLORED]


@pytest.fixture(scope="module")
def page_file(cells, tmp_path_factory):
    path = tmp_path_factory.mktemp("exported") / "page.html"
    path.write_text(exported(cells), encoding="utf-8")
    return path


@pytest.fixture
def opened(browser, page_file):
    it = Page(browser, page_file)
    yield it
    it.page.close()


def java(kernel, cell):
    return json.loads(kernel.run(cell).value["text/plain"])


def close(numbers):
    return pytest.approx(numbers, rel=1e-9, abs=1e-12)


def test_a_key_moves_the_value_the_tangent_and_the_point_to_javas_numbers(opened, embedded):
    it = opened.explorer("mse")
    before = it.shape()
    it.press("prediction ŷ", "ArrowLeft", 3)

    assert it.number("value") == close([java(embedded, "mse().of(1, 2.2)")])
    assert it.number("slope-value") == close([java(embedded, "mse().gradient(1, 2.2)")])
    after = it.shape()
    assert after["loss-line"] == before["loss-line"]
    assert after["target"] == before["target"]
    assert after["here"]["cx"] != before["here"]["cx"]
    x1, x2, y1, y2 = (float(after["tangent"][name]) for name in ("x1", "x2", "y1", "y2"))
    assert (x1 + x2) / 2 == pytest.approx(float(after["here"]["cx"]))
    assert (y1 + y2) / 2 == pytest.approx(float(after["here"]["cy"]))
    assert "2.2" in it.section.get_by_label("prediction ŷ", exact=True).get_attribute("aria-valuetext")
    assert it.section.locator("dl[aria-live=polite]").inner_text().count("1.44") == 1

    it.press("truth y", "ArrowRight", 5)
    assert it.number("value") == close([java(embedded, "mse().of(1.5, 2.2)")])
    assert it.shape()["loss-line"] != before["loss-line"]
    assert it.shape()["target"] != before["target"]


def test_a_setting_bends_the_curve(opened, embedded):
    it = opened.explorer("huber")
    before = it.shape()
    it.press("delta δ", "ArrowLeft", 10)
    delta = float(it.section.get_by_label("delta δ", exact=True).input_value())
    assert delta < 1
    assert it.number("value") == close([java(embedded, f"huber({delta}).of(1, 2.5)")])
    assert it.number("slope-value") == close([java(embedded, f"huber({delta}).gradient(1, 2.5)")])
    assert it.shape()["loss-line"] != before["loss-line"]


def test_probabilities_make_room_for_the_one_that_moves(opened, embedded):
    it = opened.explorer("categoricalCrossentropy")
    other = opened.explorer("mse").shape()
    it.press("probability ŷ₁", "ArrowRight", 10)
    embedded.run("var said = vector(0.5 * 0.6 / 0.7, 0.4, 0.2 * 0.6 / 0.7); var truth = vector(1, 0, 0);")
    assert it.number("value") == close([java(embedded, "categoricalCrossentropy().of(truth, said)")])
    assert it.number("gradient") == close(java(embedded, "Arrays.toString(categoricalCrossentropy().gradient(truth, said))"))
    shown = [float(it.section.get_by_label(f"probability ŷ{k}", exact=True).get_attribute("aria-valuetext")) for k in "₀₁₂"]
    assert sum(shown) == pytest.approx(1, abs=1e-3)
    # The curve is now that of the probability which moves.
    x1, x2, y1, y2 = (float(it.shape()["tangent"][name]) for name in ("x1", "x2", "y1", "y2"))
    assert x1 < x2 and y1 > y2
    assert opened.explorer("mse").shape() == other


def test_a_truth_in_one_place_can_be_shared_out_again(opened):
    it = opened.explorer("categoricalCrossentropy")
    it.press("truth y₀", "Home", 1)
    shares = [float(it.section.get_by_label(f"truth y{k}", exact=True).get_attribute("aria-valuetext")) for k in "₀₁₂"]
    assert shares == [0, 0.5, 0.5]
    it.section.get_by_role("button", name="start over").click()
    assert it.number("value") == pytest.approx([0.6931471805599453])


def test_nothing_is_asked_of_the_network_and_nothing_complains(opened, browser, tmp_path):
    for title, slider in (("mse", "prediction ŷ"), ("categoricalCrossentropy", "probability ŷ₀")):
        opened.explorer(title).press(slider, "ArrowRight", 2)
    plain = tmp_path / "plain.html"
    plain.write_text(exported([(code, {"text/plain": "nothing"}) for code in EXPLORED]), encoding="utf-8")
    bare = Page(browser, plain)
    assert opened.asked == bare.asked
    assert opened.complaints == bare.complaints


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_is_a_light_card_of_640_pixels_in_either_theme(browser, cells, tmp_path, theme):
    page = tmp_path / "page.html"
    page.write_text(exported(cells, theme), encoding="utf-8")
    opened = Page(browser, page, color_scheme=theme)
    SEEN.mkdir(parents=True, exist_ok=True)
    opened.page.screenshot(path=SEEN / f"{theme}.png", full_page=True)
    card = opened.explorer("mse").section
    assert card.bounding_box()["width"] == 640
    assert card.evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(252, 252, 250)"
    assert card.evaluate("e => getComputedStyle(e).color") == "rgb(36, 41, 47)"


def test_where_no_script_runs_the_picture_is_there(browser, page_file):
    opened = Page(browser, page_file, java_script_enabled=False)
    pictures = opened.page.locator(".lossbook-explorer img")
    assert pictures.count() == len(EXPLORED)
    for picture in pictures.all():
        assert picture.is_visible()
        assert picture.bounding_box()["width"] == 640


@pytest.fixture(scope="module")
def server(cells, installed, tmp_path_factory):
    """JupyterLab on a saved notebook that it does not trust yet."""
    with Server(tmp_path_factory.mktemp("lab"), installed) as server:
        nbformat.write(notebook(cells), server.folder / "saved.ipynb")
        yield server


def test_in_jupyterlab_it_is_a_picture_until_trusted_and_then_has_the_keys_to_itself(browser, server):
    address = server.address("saved.ipynb")
    page = browser.new_page(viewport={"width": 1100, "height": 900})
    page.goto(address)
    picture = page.locator(".lossbook-explorer img").first
    picture.wait_for(timeout=60_000)
    assert picture.bounding_box()["width"] == 640
    assert page.locator("section[aria-label$='to explore']").count() == 0
    page.close()

    server.trust("saved.ipynb")
    page = browser.new_page(viewport={"width": 1100, "height": 900})
    page.goto(address)
    it = Explorer(page, "mse")
    it.section.wait_for(timeout=60_000)
    assert not page.locator(".lossbook-explorer img").first.is_visible()
    slider = it.section.get_by_label("prediction ŷ", exact=True)
    slider.click()
    slider.press("Home")
    for key in ("ArrowUp", "ArrowUp", "ArrowDown", "d", "d", "ArrowRight"):
        slider.press(key)
    assert float(slider.input_value()) == pytest.approx(-1.8)
    assert it.number("value") == close([2.8**2])
    assert page.locator(".jp-Cell").count() == len(EXPLORED)
    assert "jp-mod-active" in page.locator(".jp-Cell").first.get_attribute("class")
    page.screenshot(path=SEEN / "lab.png")
    page.close()
