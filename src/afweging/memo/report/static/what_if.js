// What if the weights on the lenses were others: sliders, the outcome, and lines for a profile.

const find = (selector) => document.querySelector(selector);

const whatIf = {
  weights: data.model ? [...data.model.weights] : [],

  start() {
    for (const row of document.querySelectorAll(".slider")) {
      const lens = Number(row.dataset.lens);
      for (const field of row.querySelectorAll("input")) {
        field.addEventListener("input", () => this.enter(lens, field));
        field.addEventListener("change", () => this.place(null));
      }
      row.querySelector("[role=spinbutton]").addEventListener("keydown", (event) => {
        const points = { ArrowUp: 1, ArrowDown: -1 }[event.key];
        if (!points) return;
        event.preventDefault();
        this.step(lens, points);
      });
      for (const button of row.querySelectorAll("button")) {
        button.addEventListener("click", () => this.step(lens, Number(button.dataset.step)));
      }
    }
    find("#choice")?.addEventListener("change", () => this.draw());
    find("#reset").addEventListener("click", () => this.reset());
    find("#copy").addEventListener("click", () => this.copy());
    this.place(null);
    this.draw();
  },

  enter(lens, field) {
    const typed = field.value.trim().replace(",", ".");
    const percent = typed === "" ? NaN : Number(typed);
    const fits = percent >= 0 && percent <= 100;
    field.setAttribute("aria-invalid", String(!fits));
    if (fits) this.move(lens, percent / 100, field);
  },

  step(lens, points) {
    const percent = Math.round(100 * this.weights[lens]) + points;
    this.move(lens, Math.min(100, Math.max(0, percent)) / 100, null);
  },

  move(lens, weight, field) {
    this.weights = reweighted(this.weights, lens, weight);
    this.place(field);
    this.draw();
  },

  reset() {
    this.weights = [...data.model.weights];
    this.place(null);
    this.draw();
  },

  // Put every field but the one in hand where its weight is now.
  place(kept) {
    for (const row of document.querySelectorAll(".slider")) {
      const weight = this.weights[Number(row.dataset.lens)];
      row.dataset.value = String(weight);
      const [range, number] = row.querySelectorAll("input");
      range.setAttribute("aria-valuetext", format(weight, "share1"));
      number.setAttribute("aria-valuenow", String(100 * weight));
      number.setAttribute("aria-valuetext", format(weight, "share1"));
      if (range !== kept) range.value = String(Math.round(100 * weight));
      if (number === kept) continue;
      number.value = written(100 * weight, 1, 0);
      number.setAttribute("aria-invalid", "false");
    }
  },

  // The values and the name of the cases that are chosen; no name for all.
  chosen() {
    const [kind, place] = (find("#choice")?.value ?? "all").split(" ");
    if (kind === "all") return { values: data.model.values, what: null };
    const values = kind === "scenario" ? data.model.by_scenario : data.model.by_case;
    const names = kind === "scenario" ? data.model.names.scenarios : data.model.names.cases;
    return { values: values[place], what: names[place] };
  },

  draw() {
    const { values, what } = this.chosen();
    const found = outcomeOf(this.weights, values);
    const before = outcomeOf(data.model.weights, data.model.values);
    tell(told(found, before, what));
    find("#found").replaceChildren(rankingTable(found, before, values, this.weights), ...scenarioTables(found));
    find("#lines").value = this.lines();
  },

  lines() {
    const { id, root, within } = data.model.profile;
    const points = (weight) => (100 * weight).toFixed(12).replace(/\.?0+$/, "");
    const group = (name, pairs) =>
      `      ${JSON.stringify(name)}: {${pairs.map(([child, weight]) => `${JSON.stringify(child)}: ${points(weight)}`).join(", ")}}`;
    return [
      `  - id: ${id}`,
      `    name: ${JSON.stringify(data.words.profile_name)}`,
      "    origin: own",
      "    method: assumed",
      "    evidence: assumption",
      "    weights:",
      group(root, data.model.lenses.map((lens, k) => [lens, this.weights[k]])),
      ...within.map((each) => group(each.id, each.weights)),
      "",
    ].join("\n");
  },

  async copy() {
    const lines = find("#lines");
    let done = true;
    try {
      await navigator.clipboard.writeText(lines.value);
    } catch {
      lines.focus();
      lines.select();
      done = document.execCommand("copy");
    }
    find("#copy-told").textContent = data.words[done ? "copied" : "selected"];
  },
};

// Put sentences in place; what stays the same is left alone, and is not read aloud again.
function tell(lines) {
  const box = find("#said");
  while (box.children.length > lines.length) box.lastElementChild.remove();
  lines.forEach((line, k) => {
    const place = box.children[k] ?? box.appendChild(make("p"));
    if (place.textContent !== line) place.textContent = line;
  });
}

const named = (places) => places.map((k) => data.model.names.options[k]);

// The outcome in sentences: with which cases, who is first, the nearest flip, the least regret.
function told(found, before, what) {
  const options = named(found.first);
  const score = found.scores[found.first[0]];
  const lines = [what === null ? fill("in_all") : fill("in_one", { what })];
  lines.push(options.length > 1 ? fill("tied", { score, options }) : fill("first", { score, option: options[0] }));
  const same = String(found.first) === String(before.first);
  lines.push(same ? fill("same") : fill("other", { options: named(before.first) }));
  if (found.scores.length === 1) return [...lines, fill("alone")];
  if (options.length > 1) lines.push(fill("flip_tied"));
  else if (!found.flip) lines.push(fill("no_flip"));
  else {
    const [challenger] = named([found.flip.challenger]);
    lines.push(fill("flip", { moved: found.flip.moved, challenger, leader: options[0] }));
  }
  if (data.model.by_scenario.length > 1) {
    lines.push(fill("least", { regret: found.most[found.least[0]], options: named(found.least) }));
  }
  return lines;
}

const number = (value, form) => make("td", { class: "number", "data-value": String(value) }, [format(value, form)]);

function tableOf(name, heads, rows) {
  const caption = make("caption", { id: `found-${name}-title` }, [make("span", {}, [data.words[name]])]);
  const columns = heads.map(([text, kind]) => make("th", kind ? { scope: "col", class: kind } : { scope: "col" }, [text]));
  const head = make("thead", {}, [make("tr", {}, columns)]);
  const body = make("tbody", {}, rows.map((cells) => make("tr", {}, cells)));
  const table = make("table", { id: `found-${name}` }, [caption, head, body]);
  return make("div", { class: "wide", role: "region", tabindex: "0", "aria-labelledby": caption.id }, [table]);
}

// One bar of what the lenses contribute; the numbers stand beside it.
function bar(parts) {
  let x = 0;
  const drawn = parts.map((part, k) => {
    const piece = make("rect", { class: `lens-${(k % 8) + 1}`, x: 100 * x, y: 0, width: 100 * part, height: 8 });
    x += part;
    return piece;
  });
  return make("svg", { class: "bar", viewBox: "0 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true" }, drawn);
}

function rankingTable(found, before, values, weights) {
  const { options, lenses, scenarios } = data.model.names;
  const order = found.scores.map((_, k) => k).sort((a, b) => found.ranks[a] - found.ranks[b]);
  const rows = order.map((k) => {
    const parts = values[k].map((value, l) => value * weights[l]);
    const where = found.most[k] > TOLERANCE ? join(found.where[k].map((g) => scenarios[g])) : data.words.nowhere;
    return [
      make("th", { scope: "row" }, [options[k], bar(parts)]),
      number(found.ranks[k], "number"),
      number(found.scores[k], "3"),
      number(before.ranks[k], "number"),
      number(found.most[k], "gap"),
      make("td", {}, [where]),
      ...parts.map((part) => number(part, "3")),
    ];
  });
  const heads = [["option"], ["place", "number"], ["score", "number"], ["was", "number"], ["most", "number"], ["where"]];
  const shown = heads.map(([key, kind]) => [data.words[key], kind]);
  return tableOf("ranking", [...shown, ...lenses.map((lens) => [lens, "number"])], rows);
}

function scenarioTables(found) {
  const { short, scenarios } = data.model.names;
  const head = (g) => make("th", { scope: "row" }, [scenarios[g]]);
  const best = found.winners.map((places, g) => [
    head(g),
    make("td", {}, [join(named(places))]),
    number(found.by_scenario[g][places[0]], "3"),
  ]);
  const regret = found.regret.map((row, g) => [head(g), ...row.map((each) => number(each, "gap"))]);
  const { scenario, best: first, score } = data.words;
  return [
    tableOf("winners", [[scenario], [first], [score, "number"]], best),
    tableOf("regret", [[scenario], ...short.map((name) => [name, "number"])], regret),
  ];
}
