"""Every type of page in a browser, narrow and wide, light and dark."""

from __future__ import annotations

import pytest

from archive.devtools import programs

pytestmark = pytest.mark.browser
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
RUN = """async runOnly => {
  const rules = runOnly.type === 'tag' ? {'target-size': {enabled: true}} : {};
  // no rule that runs reads the style sheets, and no page has a frame
  const saved = {preload: {assets: ['media']}, iframes: false};
  const options = {runOnly, rules, resultTypes: ['violations'], ...saved};
  const found = await axe.run(document, options);
  const reasons = node => [...node.any, ...node.all, ...node.none]
    .map(check => check.message).join('; ');
  return found.violations.flatMap(rule => rule.nodes.map(node =>
    `${rule.id}: ${node.target.join(' ')} (${reasons(node)})`));
}"""
WATCH = (
    "document.addEventListener('securitypolicyviolation',"
    " event => console.error('CSP: ' + event.violatedDirective + ' ' + "
    "event.blockedURI))"
)


# The dark theme changes only colours, so only the rules that read a colour run again.
RULES = {
    "light": {"type": "tag", "values": TAGS},
    "dark": {"type": "rule", "values": COLOURS},
}
WAYS = [(width, theme) for width in (390, 1360) for theme in ("light", "dark")]


class Reader:
    """One tab and its console messages."""

    def __init__(self, context, site):
        context.add_init_script(WATCH)
        context.add_init_script(
            (programs.node_modules() / "axe-core" / "axe.min.js").read_text()
        )
        self.tab, self.site, self.messages = context.new_page(), site, []
        self.tab.on(
            "console",
            lambda message: self.messages.append(
                (message.text, message.location["url"])
            ),
        )
        self.tab.on("pageerror", lambda error: self.messages.append((str(error), "")))

    def pages(self):
        """Opens the pages one after the other; the console reports an error page as an
        error, which is not a complaint here.
        """
        for page in self.site.pages:
            address = self.site.url + page.address
            self.tab.goto(address)
            yield page.name
            expected = f"the server responded with a status of {page.status}"
            self.messages = [
                (text, at)
                for text, at in self.messages
                if not (at == address and expected in text)
            ]

    def look(self, width, theme):
        """Returns what is wrong with the open page at that width, in that theme."""
        self.tab.set_viewport_size({"width": width, "height": 900})
        self.tab.emulate_media(color_scheme=theme)
        yield from self.tab.evaluate(RUN, RULES[theme])
        if self.tab.evaluate("document.documentElement.scrollWidth > innerWidth"):
            yield f"wider than {width} px"


@pytest.fixture(scope="module")
def complaints(browser, site):
    """Returns the complaints for each width and theme; each page is loaded once."""
    complaints_by_way = {way: [] for way in WAYS}
    with browser.new_context(
        reduced_motion="reduce"
    ) as context:  # no transition of colours between the themes
        reader = Reader(context, site)
        for name in reader.pages():
            for way in WAYS:
                complaints_by_way[way] += [
                    f"{name}: {complaint}" for complaint in reader.look(*way)
                ]
    messages = [f"{at}: {text}" for text, at in reader.messages]
    return {way: [*about, *messages] for way, about in complaints_by_way.items()}


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1360])
def test_every_page_is_accessible_fits_its_screen_and_leaves_the_console_empty(
    complaints, width, theme
):
    assert not complaints[width, theme], "\n".join(complaints[width, theme])


def test_the_checks_notice_a_page_in_bad_order(browser, site):
    with browser.new_context() as context:
        reader = Reader(
            context,
            site._replace(pages=[page for page in site.pages if page.name == "home"]),
        )
        for _name in reader.pages():
            reader.tab.evaluate(
                "document.querySelector('main').innerHTML = '<img src=x><a href=/ "
                "style=color:red>a</a>'"
            )
            violations = list(reader.look(390, "light"))
        assert [
            violation for violation in violations if violation.startswith("image-alt")
        ]
        assert [
            text for text, _at in reader.messages if "Content Security Policy" in text
        ]
