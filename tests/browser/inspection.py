"""What every page must stand: axe-core, and a narrow screen with more space between the letters."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async (tags) => {
  const runOnly = { type: 'tag', values: tags };
  const found = await axe.run(document, { runOnly, resultTypes: ['violations'] });
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0].target.join(' ')}`);
}"""
NARROW = {"width": 320, "height": 640}


def inspect(page: Page) -> None:
    """Fail with what axe-core finds, or where the page scrolls sideways at 320 pixels."""
    page.wait_for_load_state()
    if page.evaluate("!('axe' in window)"):
        page.evaluate(AXE.read_text())
    found = page.evaluate(RUN, TAGS)
    assert found == [], f"{page.url}: {found}"
    before = page.viewport_size
    assert before is not None
    page.set_viewport_size(NARROW)
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    page.set_viewport_size(before)
    assert wide <= 0, f"{page.url} is {wide} pixels too wide"
