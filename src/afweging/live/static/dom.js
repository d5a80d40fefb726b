// Small helpers for pages: find, show, fill in words, write numbers.

export const find = (selector, root = document) => root.querySelector(selector);
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];

export function show(element, visible) {
  element.hidden = !visible;
}

// Fill in what stands between braces.
export function fill(text, facts = {}) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? String(facts[name]) : whole));
}

// As `fill`, for facts that are elements, such as a name in another language.
export function parts(text, facts = {}) {
  return text.split(/(\{\w+\})/).flatMap((piece) => {
    const name = piece.slice(1, -1);
    return piece.startsWith("{") && name in facts ? facts[name] : piece;
  });
}

// Show the first or the second of two texts in a button.
export function flip(button, second) {
  const [one, other] = button.children;
  show(one, !second);
  show(other, second);
  if (button.hasAttribute("aria-pressed")) button.setAttribute("aria-pressed", String(second));
}

export function make(tag, facts = {}, children = []) {
  const svg = ["svg", "rect"].includes(tag);
  const element = svg
    ? document.createElementNS("http://www.w3.org/2000/svg", tag)
    : document.createElement(tag);
  for (const [name, value] of Object.entries(facts)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

export function readData(id = "data") {
  return JSON.parse(document.getElementById(id).textContent);
}
