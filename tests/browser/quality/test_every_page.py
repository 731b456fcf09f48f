"""Every type of page, narrow and wide, light and dark, as a browser sees it."""

from __future__ import annotations

import pytest

from archive.devtools import programs

pytestmark = pytest.mark.browser
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async tags => {
  const options = {runOnly: {type: 'tag', values: tags}, rules: {'target-size': {enabled: true}},
    resultTypes: ['violations']};
  const found = await axe.run(document, options);
  const reasons = node => [...node.any, ...node.all, ...node.none].map(check => check.message).join('; ');
  return found.violations.flatMap(rule => rule.nodes.map(node =>
    `${rule.id}: ${node.target.join(' ')} (${reasons(node)})`));
}"""
WATCH = (
    "document.addEventListener('securitypolicyviolation',"
    " event => console.error('CSP: ' + event.violatedDirective + ' ' + event.blockedURI))"
)


class Reader:
    """One tab, and whatever its console said."""

    def __init__(self, tab, site):
        self.tab, self.site, self.said = tab, site, []
        self.tab.on("console", lambda message: self.said.append((message.text, message.location["url"])))
        self.tab.on("pageerror", lambda error: self.said.append((str(error), "")))

    def pages(self):
        """Opens one after the other; a page that is an error says so in the console, which is no complaint."""
        for page in self.site.pages:
            address = self.site.url + page.address
            self.tab.goto(address)
            yield page.name
            expected = f"the server responded with a status of {page.status}"
            self.said = [(text, at) for text, at in self.said if not (at == address and expected in text)]


@pytest.fixture
def reader(browser, site, width, theme):
    with browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme) as context:
        context.add_init_script(WATCH)
        context.add_init_script((programs.node_modules() / "axe-core" / "axe.min.js").read_text())
        yield Reader(context.new_page(), site)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1360])
def test_every_page_is_accessible_fits_its_screen_and_leaves_the_console_empty(reader, width, theme):
    found = []
    for name in reader.pages():
        found += [f"{name}: {violation}" for violation in reader.tab.evaluate(RUN, TAGS)]
        if reader.tab.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{name} is wider than {width} px")
    found += [f"{at}: {text}" for text, at in reader.said]
    assert not found, "\n".join(found)


def test_the_checks_notice_a_page_in_bad_order(browser, site):
    with browser.new_context() as context:
        context.add_init_script((programs.node_modules() / "axe-core" / "axe.min.js").read_text())
        tab = context.new_page()
        reader = Reader(tab, site._replace(pages=[page for page in site.pages if page.name == "home"]))
        for _name in reader.pages():
            tab.evaluate("document.querySelector('main').innerHTML = '<img src=x><a href=/ style=color:red>a</a>'")
            violations = tab.evaluate(RUN, TAGS)
        assert [violation for violation in violations if violation.startswith("image-alt")]
        assert [text for text, _at in reader.said if "Content Security Policy" in text]
