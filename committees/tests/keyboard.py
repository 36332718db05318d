"""A walk with the Tab key alone: what a page lets the mouse reach, the keyboard must reach, and show where it is."""

from playwright.sync_api import Page

MARK_CONTROLS = """() => {
  const kinds = "a[href], button, input:not([type=hidden]), select, textarea, summary, [contenteditable=true], "
    + "[tabindex]";
  const shown = (node) => node.checkVisibility({visibilityProperty: true}) && node.getClientRects().length;
  const wanted = [...document.querySelectorAll(kinds)].filter((node) =>
    shown(node) && !node.disabled && node.tabIndex >= 0 && !node.closest("[inert]"));
  wanted.forEach((node, number) => node.dataset.walked = number);
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
  return wanted.map((node) => node.outerHTML.slice(0, 160));
}"""
WHERE = """() => {
  const node = document.activeElement, style = getComputedStyle(node);
  const label = node.labels?.[0] && getComputedStyle(node.labels[0], "::before");
  const rings = (one) => one && one.outlineStyle !== "none" && parseFloat(one.outlineWidth) > 0;
  const ringed = Boolean(rings(style) || rings(label) || style.boxShadow !== "none");
  return {number: node.dataset.walked, ringed, html: node.outerHTML.slice(0, 160)};
}"""


def assert_keyboard_reaches_everything(page: Page) -> None:
    """Press Tab as often as there are controls: each of them takes the focus once, and shows it."""
    wanted = page.evaluate(MARK_CONTROLS)
    assert len(wanted) > 5
    reached, unmarked = set(), []
    for _ in range(len(wanted) + 5):
        page.keyboard.press("Tab")
        here = page.evaluate(WHERE)
        if here["number"] is not None:
            reached.add(int(here["number"]))
            unmarked += [] if here["ringed"] else [here["html"]]
    missed = [html for number, html in enumerate(wanted) if number not in reached]
    assert (missed, unmarked) == ([], []), f"{page.url}: never reached {missed}; without a visible focus {unmarked}"
