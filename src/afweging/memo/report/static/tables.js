// Tables that can be sorted by a button in each head, and long ones that can be searched.

const SORTABLE = 3; // rows
const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });

function make(tag, facts = {}, children = []) {
  const drawn = ["svg", "rect"].includes(tag);
  const element = drawn ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(facts)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// A number sorts by its value and not by how it is written; what is missing comes last.
function compared(one, other, sign) {
  const numbers = [one, other].map((cell) => (cell.classList.contains("number") ? cell.dataset.value ?? null : undefined));
  if (numbers[0] === undefined) return sign * collator.compare(one.textContent, other.textContent);
  if (numbers.includes(null)) return (numbers[0] === null) - (numbers[1] === null);
  return sign * (Number(numbers[0]) - Number(numbers[1]));
}

function sortBy(head, rows) {
  const next = { none: "ascending", ascending: "descending", descending: "none" };
  const order = next[head.getAttribute("aria-sort") ?? "none"];
  for (const each of head.parentElement.cells) each.removeAttribute("aria-sort");
  if (order !== "none") head.setAttribute("aria-sort", order);
  const sign = order === "descending" ? -1 : 1;
  const place = head.cellIndex;
  const sorted = order === "none" ? rows : [...rows].sort((a, b) => compared(a.cells[place], b.cells[place], sign));
  head.closest("table").tBodies[0].append(...sorted);
}

function sortable(table) {
  const rows = [...table.tBodies[0].rows];
  for (const head of table.tHead.rows[0].cells) {
    const button = make("button", { type: "button", class: "sort" }, [head.textContent]);
    button.title = fill("sort", { head: head.textContent });
    button.addEventListener("click", () => sortBy(head, rows));
    head.replaceChildren(button);
  }
}

function searchable(table, place) {
  const rows = [...table.tBodies[0].rows];
  const input = make("input", { type: "search", id: `search-${place}`, autocomplete: "off" });
  const told = make("p", { role: "status" });
  const label = make("label", { for: input.id }, [data.words.filter]);
  input.addEventListener("input", () => {
    const asked = input.value.toLocaleLowerCase().split(/\s+/);
    for (const row of rows) {
      const text = row.textContent.toLocaleLowerCase();
      row.hidden = !asked.every((word) => text.includes(word));
    }
    told.textContent = fill("filtered", { count: rows.filter((row) => !row.hidden).length, total: rows.length });
  });
  table.closest(".wide").before(make("div", { class: "search" }, [label, input, told]));
}

function prepareTables() {
  document.querySelectorAll("main table").forEach((table, place) => {
    const count = table.tBodies[0].rows.length;
    if (count >= SORTABLE) sortable(table);
    if (table.closest(".long")) searchable(table, place);
  });
}
