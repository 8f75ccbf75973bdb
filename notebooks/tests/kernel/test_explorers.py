"""Every kind of explorer on a page of its own, on a phone and on a laptop: by keyboard, by touch, by axe-core's rules.

A new explorer is a line in EXPLORERS: the code of its cell, the name of its card, and a slider of it."""

import pytest
from in_browser import Explorer, violations

OWN = 'loss("mine", (y, z) -> y.times(z.logSoftmax()).sum().negate())'
RANGED = 'loss("soft", (y, p) -> y.minus(p).square().plus(org.lossbook.formula.Expr.named("δ", 1).between(0.1, 5)).sqrt())'
VALLEY = "descend((a, b) -> a.square().times(0.1).plus(b.square().times(2)), vector(-5, 2), sgd().momentum(0.8), adam()).explore()"
NETWORK = """var net = sequential(input(2), dense(2).tanh(), dense(1)).compile(sgd(), mse());
backprop(net, matrix(row(1, 2)), vector(1)).explore()"""
FILM = """var moons = makeMoons(60).noise(0.1).seed(1);
var net = sequential(input(2), dense(8).tanh(), dense(1).sigmoid()).seed(1).compile(adam().learningRate(0.05), binaryCrossentropy(), accuracy());
var film = regionsFilm(net, moons);
net.fit(moons, epochs(8).seed(1).silent().callbacks(film));
film"""
EXPLORERS = [
    ("mse().explore()", "mse", "prediction ŷ"),
    ("huber().explore()", "huber", "delta δ"),
    ("categoricalCrossentropy().explore()", "categoricalCrossentropy", "probability ŷ₁"),
    ("sparseCategoricalCrossentropy().fromLogits().explore()", "sparseCategoricalCrossentropy", "logit z₀"),
    ("gaussianNll().explore()", "gaussianNll", "mean μ"),
    ("barron().explore()", "barron", "alpha α"),
    ('activation("celu").explore()', "celu", "x"),
    ('activation("own", x -> x.times(x.times(org.lossbook.formula.Expr.named("a", 1).between(0.1, 5)).sigmoid())).explore()', "own", "a"),
    (f"{OWN}.explore()", "mine", "prediction ŷ₀"),
    (f"{RANGED}.explore()", "soft", "δ"),
    ("explore(huber(1), huber(5))", "huber", "prediction ŷ"),
    ("softmax().explore(2, 1, -1)", "softmax", "temperature T"),
    ("descend(x -> x.square(), 2, sgd(), adam()).explore()", "f(x) = x²", "x"),
    (VALLEY, "f(x, y) = 0.1x² + 2y²", "momentum μ"),
    ("conv2d(1, 2).explore(matrix(row(0, 1, 2), row(3, 4, 5), row(6, 7, 8)))", "conv2d(1, 2×2)", "column"),
    ("conv2d(2, 2).tanh().explore(matrix(row(0, 1, 2), row(3, 4, 5), row(6, 7, 8)))", "conv2d(2, 2×2)", "filter"),
    (NETWORK, "Values forward, slopes backward", "dense: weight 1 → 1"),
    ('attentionMap(matrix(row(0.7, 0.3), row(0.2, 0.8)), "the cat").explore()', "Who looks at whom", "word that looks"),
    (FILM, "What the model answers where", "epoch"),
    ("descend(x -> x.square(), 2, muon().learningRate(0.1), sgd().learningRate(step -> 0.5 / (1 + step))).explore()", "f(x) = x²", "x"),
]
WIDTHS = {"phone": (390, 844), "laptop": (1366, 768)}
LABELS = """() => [...document.querySelector('.lossbook-explorer').shadowRoot.querySelectorAll('section, section *')]
    .filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) && e.localName !== 'style')
    .map(e => {
      const { a, b } = e.ownerSVGElement ? e.getScreenCTM() : { a: 1, b: 0 };
      const { left, right } = e.getBoundingClientRect();
      return [e.textContent.trim(), parseFloat(getComputedStyle(e).fontSize) * Math.hypot(a, b), left, right];
    }).filter(([, size, left, right]) => size < 11.9 || left < 0 || right > innerWidth)"""
SHOWN = "() => document.querySelector('.lossbook-explorer').shadowRoot.querySelector('section').innerHTML"


@pytest.fixture(scope="module")
def pages(embedded, tmp_path_factory):
    """The page of each explorer."""
    folder = tmp_path_factory.mktemp("explorers")
    made = {}
    for i, (code, _, _) in enumerate(EXPLORERS):
        made[code] = folder / f"{i}.html"
        shown = embedded.run(code).value["text/html"]
        head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>An explorer</title>'
        page = f'<!doctype html><html lang="en"><head>{head}</head><body><main><h1>An explorer</h1>{shown}</main></body></html>'
        made[code].write_text(page, encoding="utf-8")
    return made


@pytest.fixture(params=WIDTHS)
def page(browser, request):
    """A page as wide as a phone's, which has touch, or a laptop's; nothing may complain in its console."""
    width, height = WIDTHS[request.param]
    it = browser.new_page(viewport={"width": width, "height": height}, has_touch=request.param == "phone")
    it.set_default_timeout(5000)
    complaints = []
    it.on("console", lambda message: message.type == "error" and complaints.append(message.text))
    it.on("pageerror", lambda error: complaints.append(str(error)))
    yield it
    it.close()
    assert complaints == []


@pytest.mark.parametrize(("code", "title", "slider"), EXPLORERS, ids=[code for code, _, _ in EXPLORERS])
def test_an_explorer_moves_by_keyboard_and_touch_and_axe_core_finds_nothing(page, pages, code, title, slider):
    page.goto(pages[code].as_uri())
    section = Explorer(page, title).section
    assert page.evaluate(LABELS) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    at_first = page.evaluate(SHOWN)

    # Tab alone leads from the button to the slider.
    moving = section.get_by_label(slider, exact=True)
    for _ in range(30):
        page.keyboard.press("Tab")
        if moving.evaluate("e => e.getRootNode().activeElement === e"):
            break
    before = moving.input_value()
    page.keyboard.press("ArrowRight")
    assert moving.input_value() != before
    moved = page.evaluate(SHOWN)
    assert moved != at_first
    while not section.get_by_role("button", name="start over").evaluate("e => e.getRootNode().activeElement === e"):
        page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    assert page.evaluate(SHOWN) == at_first

    for handle in section.locator(".handle").all():
        handle.focus()
        for key in ("ArrowLeft", "ArrowRight", "ArrowRight", "ArrowUp"):
            handle.press(key)
        assert page.evaluate(SHOWN) != at_first
        section.get_by_role("button", name="start over").click()
    assert page.evaluate(SHOWN) == at_first

    if page.evaluate("navigator.maxTouchPoints"):
        moving.scroll_into_view_if_needed()
        box = moving.bounding_box()
        page.touchscreen.tap(box["x"] + 0.8 * box["width"], box["y"] + box["height"] / 2)
        assert violations(page) == []
    else:
        moving.click(position={"x": 125, "y": 10})
    assert page.evaluate(SHOWN) != at_first
