// What the page adds to what can be read without a script: contents, buttons, tables, the what-if.

function contents() {
  const list = find("#contents ol");
  const isWide = window.matchMedia("(min-width: 44rem)").matches;
  find("#contents details").open = isWide; // on a phone it would stand before all else
  for (const heading of document.querySelectorAll("main h2")) {
    list.append(make("li", {}, [make("a", { href: `#${heading.id}` }, [heading.textContent])]));
  }
}

function foldAll(open) {
  for (const each of document.querySelectorAll("main details")) each.open = open;
}

function prepareFolds() {
  find("#open-all").addEventListener("click", () => foldAll(true));
  find("#close-all").addEventListener("click", () => foldAll(false));
  find("#print").addEventListener("click", () => window.print());
  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("main details:not([open])")];
    foldAll(true);
  });
  window.addEventListener("afterprint", () => {
    for (const each of closed) each.open = false;
  });
}

prepareTables();
for (const part of document.querySelectorAll("template")) part.replaceWith(part.content);
contents();
prepareFolds();
if (data.model) whatIf.start();
