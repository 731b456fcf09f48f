"""What a reader can press is large enough for a finger, on every type of page."""

import pytest

pytestmark = pytest.mark.browser
SMALL = """() => {
  const pressable = 'a[href], button, select, summary, textarea, '
    + 'input:not([type=hidden])';
  const words = node => node.textContent.trim();
  // WCAG 2.5.8 excepts a link within a sentence
  const isInSentence = link => link.tagName === 'A'
    && getComputedStyle(link).display === 'inline'
    && [...link.parentNode.childNodes]
      .some(each => each !== link && /\\w/.test(words(each)));
  const area = each => [each, ...(each.labels ?? [])]
    .map(part => part.getBoundingClientRect())
    .sort((one, other) => other.height - one.height)[0];
  return [...document.querySelectorAll(pressable)]
    .filter(each => each.checkVisibility({visibilityProperty: true}))
    .filter(each => !each.matches('.skip, .vh, :disabled') && !isInSentence(each))
    .map(each => [each, area(each)])
    .filter(([each, {width, height}]) => width > 1 && (height < 23.9 || width < 23.9))
    .map(([each, {width, height}]) =>
      `${Math.round(width)} x ${Math.round(height)}: ${each.outerHTML.slice(0, 120)}`);
}"""


def test_everything_to_press_is_24_pixels_wide_and_high(browser, site):
    complaints = set()
    with browser.new_page(viewport={"width": 390, "height": 900}) as page:
        for each in site.pages:
            page.goto(site.url + each.address)
            complaints |= {f"{each.name}: {small}" for small in page.evaluate(SMALL)}
    assert not complaints, "\n".join(sorted(complaints))
