"""A quiz in a real browser: by keyboard, by touch, without scripts, light and dark, on a phone and on a laptop."""

import pytest
from in_browser import violations

QUIZ = """quiz("One label in ten is wrong. Which loss would you take, where each wrong one is off by hundreds?")
    .wrong("`mse()`", "It squares them.")
    .right("`huber(1)`", "Its slope stays at 1.")
    .wrong("`tree(\\"a-long-name-without-any-space-in-it\\").branch(\\"and-another-one\\", \\"that-goes-on\\")`", "No loss.")"""
WIDTHS = {"phone": (390, 844), "laptop": (1366, 768)}
THEMES = {"light": "#ffffff; color: #111111", "dark": "#111111; color: #e8e8e8"}
OUTSIDE = """() => { const root = document.querySelector('.lossbook-quiz').shadowRoot;
    return [...root.querySelectorAll('p, button, span, code')].filter(e => e.textContent.trim())
      .filter(e => { const { left, right } = e.getBoundingClientRect(); return left < 0 || right > innerWidth; }).length; }"""


@pytest.fixture(scope="module")
def shown(embedded):
    return embedded.run(QUIZ).value


def opened(browser, shown, file, theme="light", width="laptop", **options):
    """A page with a quiz, and what it complains about."""
    size = dict(zip(("width", "height"), WIDTHS[width], strict=True))
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>A quiz</title>'
    body = f'<body style="background: {THEMES[theme]}"><main><h1>A quiz</h1>{shown["text/html"]}</main></body>'
    file.write_text(f'<!doctype html><html lang="en"><head>{head}</head>{body}</html>', encoding="utf-8")
    page = browser.new_page(viewport=size, has_touch=width == "phone", **options)
    page.set_default_timeout(5000)
    complaints = []
    page.on("console", lambda message: message.type == "error" and complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(file.as_uri())
    return page, complaints


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_choice_says_whether_it_is_right_and_why(browser, shown, tmp_path, width, theme):
    page, complaints = opened(browser, shown, tmp_path / "page.html", theme, width)
    group = page.get_by_role("group", name="One label in ten is wrong.")
    choices = group.get_by_role("button")
    said = group.get_by_role("status")
    assert choices.count() == 3
    assert said.all_inner_texts() == ["", "", ""]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert all(choice.bounding_box()["height"] >= 44 for choice in choices.all())

    # By keyboard: the first Tab leads to the first choice.
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert said.all_inner_texts() == ["No. It squares them.", "", ""]
    assert choices.nth(0).get_attribute("aria-expanded") == "true"
    assert choices.nth(0).inner_text().split() == ["✗", "mse()"]
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert said.all_inner_texts() == ["No. It squares them.", "Right. Its slope stays at 1.", ""]
    assert choices.nth(1).inner_text().split() == ["✓", "huber(1)"]

    last = choices.nth(2)
    last.tap() if width == "phone" else last.click()
    assert said.all_inner_texts()[2] == "No. No loss."
    assert page.evaluate(OUTSIDE) == 0
    assert violations(page) == []

    # A second time folds the answer away.
    last.click()
    assert said.all_inner_texts()[2] == ""
    assert last.get_attribute("aria-expanded") == "false"
    assert last.inner_text().startswith("C")
    page.close()
    assert complaints == []


@pytest.mark.parametrize("width", WIDTHS)
def test_where_scripts_are_blocked_the_answers_are_folded_away(browser, shown, tmp_path, width):
    page, _ = opened(browser, shown, tmp_path / "page.html", width=width, java_script_enabled=False)
    choices = page.locator(".lossbook-quiz > ol > li")
    assert [each.split("(")[0] for each in choices.all_inner_texts()] == ["mse", "huber", "tree"]
    assert page.get_by_role("button").count() == 0
    reason = page.get_by_text("Right. Its slope stays at 1.")
    assert not reason.is_visible()
    page.get_by_text("Answers", exact=True).click()
    assert reason.is_visible()
    page.close()


def test_a_terminal_shows_the_choices_and_keeps_the_answers(shown, embedded):
    lines = shown["text/plain"].splitlines()
    assert lines[2:3] == ["B  `huber(1)`"]
    assert "slope" not in shown["text/plain"]
    assert "B  Right. Its slope stays at 1." in embedded.run(QUIZ + ".answer()").value["text/plain"]


def test_a_quiz_without_a_right_choice_is_an_error(embedded):
    error = embedded.run('quiz("Why?").wrong("a", "b")').error
    assert error["evalue"].startswith("quiz expects a right and a wrong choice but receives no right one: add .right(")
