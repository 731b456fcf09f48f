"""Every type of page, narrow and wide, light and dark, as a browser sees it."""

from __future__ import annotations

import pytest

from archive import outside

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
WIDTHS = [390, 1360]
THEMES = ["light", "dark"]


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
def reader(browser, site, request):
    width = request.node.callspec.params["width"]
    with browser.new_context(viewport={"width": width, "height": 900}) as context:
        context.add_init_script(WATCH)
        context.add_init_script((outside.node_modules() / "axe-core" / "axe.min.js").read_text())
        yield Reader(context.new_page(), site)


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_is_accessible_fits_its_screen_and_leaves_the_console_empty(reader, width):
    found = []
    for name in reader.pages():
        for theme in THEMES:
            reader.tab.emulate_media(color_scheme=theme)
            found += [f"{name} {theme} {violation}" for violation in reader.tab.evaluate(RUN, TAGS)]
            if reader.tab.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"{name} {theme} is wider than {width} px")
    assert found + reader.said == []
