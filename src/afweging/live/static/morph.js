// Make a page what the server drew, element by element: what did not change stays the same element.
// So a press that a snapshot falls into still counts, and focus, cursor and typed text stay.

const key = (node) => node.id || node.dataset?.part || "";

function alike(one, other) {
  return one.nodeType === other.nodeType && one.nodeName === other.nodeName && key(one) === key(other);
}

// Make the children of `old` those of `fresh`; what `skip` is true of is left as it is.
export function morph(old, fresh, skip = () => false) {
  let place = old.firstChild;
  for (const wanted of [...fresh.childNodes]) {
    const found = matching(place, wanted);
    if (!found) {
      old.insertBefore(wanted, place);
      continue;
    }
    while (place !== found) place = drop(place);
    place = found.nextSibling;
    if (!skip(found)) same(found, wanted, skip);
  }
  while (place) place = drop(place);
}

// Return the first node from here on that can become the wanted one; one with a key is not passed
// over for one without.
function matching(place, wanted) {
  for (let node = place; node; node = node.nextSibling) {
    if (alike(node, wanted)) return node;
    if (!key(wanted) && key(node)) return null;
  }
  return null;
}

function drop(node) {
  const next = node.nextSibling;
  node.remove();
  return next;
}

function same(old, wanted, skip) {
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== wanted.data) old.data = wanted.data;
    return;
  }
  for (const { name } of [...old.attributes]) {
    if (!wanted.hasAttribute(name) && !isOwn(old, name)) old.removeAttribute(name);
  }
  for (const { name, value } of wanted.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  morph(old, wanted, skip);
}

// Whether somebody opened this, or the focus was put on it.
function isOwn(element, name) {
  if (name === "open") return element.nodeName === "DETAILS";
  return name === "tabindex" && element === document.activeElement;
}
