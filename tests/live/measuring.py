"""What is wrong with how a frame of the wall is laid out, measured in a browser.

The frames are those of the server and the style is ours; only the connection is left out, so that
every state can be measured in a moment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from afweging.live.site import static_files

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route, ViewportSize

HOST = "http://wand.test"
SHELL = """<!doctype html><html lang="nl"><head><meta charset="utf-8">
<link rel="stylesheet" href="/static/theme.css"><link rel="stylesheet" href="/static/wall.css">
</head><body class="projector"><main id="frame"></main></body></html>"""
SHOW = """async ([html, tables]) => {
  const { fit } = await import('/static/fit.js');
  const frame = document.querySelector('#frame');
  document.body.classList.toggle('tables', tables);
  frame.innerHTML = html;
  fit(frame);
  await Promise.all([...document.images].map((image) => image.decode().catch(() => null)));
  for (const each of document.getAnimations()) each.finish();
}"""
MEASURE = """(least) => {
  const wall = document.querySelector('.wall');
  const faults = [];
  const short = (text) => text.trim().replace(/\\s+/g, ' ').slice(0, 50);
  const footer = wall.querySelector('footer')?.getBoundingClientRect();
  const header = wall.querySelector('header')?.getBoundingClientRect();
  const walk = document.createTreeWalker(wall, NodeFilter.SHOW_TEXT);
  const lines = [];
  while (walk.nextNode()) {
    const node = walk.currentNode;
    const part = node.parentElement;
    if (!node.textContent.trim() || part.closest('.unseen')) continue;
    if (!part.getClientRects().length) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const boxes = [...range.getClientRects()].filter((box) => box.width > 0.5);
    if (!boxes.length) continue;
    const svg = part.closest('svg');
    const scale = svg?.getScreenCTM ? part.getScreenCTM().a : 1;
    const size = parseFloat(getComputedStyle(part).fontSize) * scale;
    if (size < least - 0.01) faults.push(`small ${size.toFixed(1)}: ${short(node.textContent)}`);
    for (const box of boxes) {
      const inset = box.height * 0.2;  // a line holds room above and below its letters
      const [top, bottom] = [box.top + inset, box.bottom - inset];
      const letters = { left: box.left, right: box.right, top, bottom };
      const low = part.closest('footer') ? innerHeight : (footer?.top ?? innerHeight);
      const high = part.closest('.wall-body') ? (header?.bottom ?? 0) : 0;
      if (box.left < 0 || box.right > innerWidth + 0.5 || top < high - 1 || bottom > low + 0.5)
        faults.push(`outside: ${short(node.textContent)}`);
      for (let above = part; above && above !== wall; above = above.parentElement) {
        if (getComputedStyle(above).overflow === 'visible') continue;
        const edge = above.getBoundingClientRect();
        if (letters.right > edge.right + 1 || letters.bottom > edge.bottom + 1)
          faults.push(`cut off: ${short(node.textContent)}`);
      }
      lines.push({ part, text: short(node.textContent), ...letters });
    }
  }
  for (let one = 0; one < lines.length; one += 1) {
    for (let other = one + 1; other < lines.length; other += 1) {
      const [a, b] = [lines[one], lines[other]];
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > 1 && high > 1) faults.push(`overlap: ${a.text} | ${b.text}`);
    }
  }
  for (const box of wall.querySelectorAll('img, svg, table, .card, .bar-row, .strip-row')) {
    const edge = box.getBoundingClientRect();
    if (!edge.width || (box.tagName === 'svg' && box.matches('.bar, .strip'))) continue;
    if (edge.right > innerWidth + 0.5 || (footer && edge.bottom > footer.top + 1))
      faults.push(`outside: ${box.tagName} ${box.className.baseVal ?? box.className}`);
  }
  const root = document.documentElement;
  if (root.scrollHeight > innerHeight || root.scrollWidth > innerWidth) faults.push('scrolls');
  return [...new Set(faults)];
}"""

BOTH = f"""async ([html, tables, least]) => {{
  await ({SHOW})([html, tables]);
  return ({MEASURE})(least);
}}"""


def stage_for(browser: Browser, size: ViewportSize, scheme: str = "light") -> Page:
    """Open an empty wall of a size, that asks for nothing outside this program."""
    files = static_files()

    def answer(route: Route) -> None:
        name = route.request.url.removeprefix(f"{HOST}/").removeprefix("static/")
        body, kind = files.get(name, (SHELL.encode(), "text/html; charset=utf-8"))
        route.fulfill(body=body, content_type=kind)

    context = browser.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    page.route("**/*", answer)
    page.goto(f"{HOST}/")
    return page


def faults_of(page: Page, html: str, *, least: float, tables: bool = False) -> list[str]:
    """Show a frame, as a table where it has one, and return what is wrong with it."""
    found: list[Any] = page.evaluate(BOTH, [html, tables, least])
    return [str(each) for each in found]
