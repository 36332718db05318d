"""A walk with the Tab key alone: what a page lets the mouse reach, the keyboard must reach, and show where it is."""

from playwright.sync_api import Page

STOPS_PER_CONTROL = 4
MARK_CONTROLS = """() => {
  const kinds = "a[href], button, input:not([type=hidden]), select, textarea, summary, [contenteditable=true], "
    + "[tabindex]";
  const shown = (node) => node.checkVisibility({visibilityProperty: true}) && node.getClientRects().length;
  const ticked = (node) => [...document.getElementsByName(node.name)].some((one) => one.checked);
  const isAStop = (node) => node.type !== "radio" || node.checked || !ticked(node);  // arrows reach the others
  const wanted = [...document.querySelectorAll(kinds)].filter((node) =>
    shown(node) && !node.disabled && node.tabIndex >= 0 && !node.closest("[inert]") && isAStop(node));
  wanted.forEach((node, number) => node.dataset.walked = number);
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
  return wanted.map((node) => node.outerHTML.slice(0, 160));
}"""
WHERE = """() => {
  const node = document.activeElement, label = node.labels?.[0];
  const drawn = [[node, null], [node, "::before"], [node, "::after"], [label, "::before"], [label, null]];
  const rings = ([one, part]) => {
    if (!one) return false;
    const style = getComputedStyle(one, part);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  };
  return {number: node.dataset.walked, ringed: drawn.some(rings), html: node.outerHTML.slice(0, 160)};
}"""


def assert_keyboard_reaches_everything(page: Page) -> None:
    """Press Tab until every control took the focus, and showed it; a date is several stops of its own."""
    wanted = page.evaluate(MARK_CONTROLS)
    assert len(wanted) > 5
    reached, unmarked = set(), []
    for _ in range(STOPS_PER_CONTROL * len(wanted)):
        if len(reached) == len(wanted):
            break
        page.keyboard.press("Tab")
        here = page.evaluate(WHERE)
        if here["number"] is not None:
            reached.add(int(here["number"]))
            unmarked += [] if here["ringed"] else [here["html"]]
    missed = [html for number, html in enumerate(wanted) if number not in reached]
    assert (missed, unmarked) == ([], []), f"{page.url}: never reached {missed}; without a visible focus {unmarked}"
