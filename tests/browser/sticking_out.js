// What sticks out of the page or of its own box, texts that lie on each other, and short words that are torn, each as a
// short line.
() => {
  const wide = document.documentElement.clientWidth;
  const said = new Set();
  const SHORT = /(?<!\S)[\p{L}\d.,/]{2,12}(?!\S)/gu;
  const name = element => {
    const words = element.textContent.trim().replace(/\s+/g, " ").slice(0, 40);
    return `${element.localName}${element.className && `.${element.className}`} “${words}”`;
  };
  const flow = element => getComputedStyle(element).overflowX;
  const cut = element => element && (getComputedStyle(element).clipPath !== "none" || cut(element.parentElement));
  const hidden = element =>
    element.matches("details:not([open])") || !element.checkVisibility({ visibilityProperty: true }) || cut(element);
  const clipper = element => {
    for (let above = element.parentElement; above && above !== document.body; above = above.parentElement)
      if (flow(above) !== "visible") return above;
    return null;
  };

  if (document.documentElement.scrollWidth > wide) said.add(`the page is ${document.documentElement.scrollWidth} wide`);
  for (const element of document.body.querySelectorAll("*")) {
    if (hidden(element)) continue;
    const box = element.getBoundingClientRect();
    if (!clipper(element) && box.width && (box.right > wide + 1 || box.left < -1)) said.add(`beyond the page: ${name(element)}`);
  }

  // Texts, each by the lines of one block; only the middle of a line counts, tight leading is no fault.
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = walker.nextNode(); text; text = walker.nextNode()) {
    if (!text.data.trim() || hidden(text.parentElement) || text.parentElement.closest("sup, sub")) continue;
    let block = text.parentElement;
    while (getComputedStyle(block).display.startsWith("inline")) block = block.parentElement;
    const box = block.getBoundingClientRect();
    const limit = clipper(text.parentElement)?.getBoundingClientRect();
    const scrolls = flow(block) !== "visible";
    const range = document.createRange();
    if (getComputedStyle(text.parentElement).hyphens !== "auto")
      for (const { index, 0: word } of text.data.matchAll(SHORT)) {
        range.setStart(text, index);
        range.setEnd(text, index + word.length);
        const parts = [...range.getClientRects()].filter(part => part.width > 0);
        if (parts.some(part => part.top >= parts[0].bottom - 1)) said.add(`torn: “${word}” in ${name(block)}`);
      }
    range.selectNodeContents(text);
    for (const { left, right, top, bottom } of range.getClientRects()) {
      if (limit && (top >= limit.bottom || left >= limit.right || right <= limit.left)) continue;
      if (!scrolls && (right > box.right + 1 || left < box.left - 1)) said.add(`out of its box: ${name(block)}`);
      const shy = (bottom - top) / 4;
      if (right - left > 2) lines.push({ block, left: left + 1, right: right - 1, top: top + shy, bottom: bottom - shy });
    }
  }
  lines.sort((one, other) => one.top - other.top);
  lines.forEach((line, at) => {
    for (let next = at + 1; next < lines.length && lines[next].top < line.bottom; next++) {
      const other = lines[next];
      if (other.block !== line.block && other.left < line.right && line.left < other.right)
        said.add(`on each other: ${name(line.block)} and ${name(other.block)}`);
    }
  });
  return [...said];
}
