/** A rule of the page's own style, changed as often as needed: no element of the page bears a style. */
export function styleRule(selector) {
  const sheet = new CSSStyleSheet()
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  return declarations => sheet.replaceSync(`${selector} { ${declarations} }`)
}
