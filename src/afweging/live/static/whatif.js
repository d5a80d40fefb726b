// The what-if: one lens is dragged, the server says what follows, the latest answer is shown.

import { all, fill, find, make } from "./dom.js";

export const IDLE = 4000; // milliseconds after the last move in which fresh weights do not overrule it

export class WhatIf {
  constructor(base, csrf, command) {
    Object.assign(this, { base, csrf, command });
    this.weights = null;
    this.touched = 0;
    this.wanted = null;
    this.running = false;
  }

  get facts() {
    const root = find("#whatif");
    return root ? JSON.parse(root.dataset.facts) : null;
  }

  get busy() {
    return Date.now() - this.touched < IDLE;
  }

  // Bind the part where it is new, and take over the weights of the group where they are.
  attach() {
    const root = find("#whatif");
    if (!root) return;
    if (!root.bound) this.bind(root);
    const fresh = all('input[type="range"]', root).map((slider) => Number(slider.dataset.weight));
    if (String(fresh) === String(this.base_weights)) return;
    this.base_weights = fresh;
    this.weights = fresh.length ? [...fresh] : null;
    if (this.weights) this.place(null);
  }

  bind(root) {
    root.bound = true;
    this.base_weights = null;
    root.addEventListener("input", ({ target }) => {
      if (target.dataset.lens) this.move(target.dataset.lens, Number(target.value) / 100);
    });
    root.addEventListener("click", ({ target }) => {
      if (target.id === "whatif-reset") this.reset();
    });
  }

  reset() {
    this.weights = [...this.base_weights];
    this.touched = 0;
    this.place();
    find("#whatif-found").replaceChildren();
  }

  move(lens, weight) {
    if (!(weight >= 0 && weight <= 1)) return;
    this.touched = Date.now();
    this.wanted = { lens, weight };
    this.run();
  }

  async run() {
    if (this.running) return;
    this.running = true;
    while (this.wanted) {
      const asked = { ...this.wanted, weights: this.weights };
      this.wanted = null;
      const found = await this.ask(asked);
      if (!found) continue;
      this.weights = found.exact;
      this.place();
      this.draw(found);
      if (find("#whatif-live")?.checked) await this.command({ kind: "set_table", weights: found.exact });
    }
    this.running = false;
  }

  async ask(content) {
    try {
      const answer = await fetch(`${this.base}/what-if`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-csrf": this.csrf },
        body: JSON.stringify(content),
      });
      return answer.ok ? await answer.json() : null;
    } catch {
      return null;
    }
  }

  // Put every slider but the one in hand where its weight is now.
  place(inHand = document.activeElement) {
    const root = find("#whatif");
    all(".slider", root).forEach((slider, at) => {
      for (const field of all("input", slider)) {
        if (field !== inHand) field.value = Math.round(100 * this.weights[at]);
      }
    });
  }

  draw(found) {
    const { options, scenarios, language, words } = this.facts;
    const one = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
    const share = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 });
    const most = new Map(found.regret.options.map((id, at) => [id, found.regret.most[at]]));
    const rows = [...found.outcome.options]
      .sort((a, b) => a.rank - b.rank)
      .map((option) => [`${option.rank}. ${options[option.id]}`, one.format(100 * option.score), one.format(100 * most.get(option.id))]);
    const { flip } = found.outcome;
    const sentence = flip
      ? fill(words.flip, { moved: share.format(flip.moved), challenger: options[flip.challenger], leader: options[flip.leader] })
      : words.no_flip;
    const winners = found.regret.scenarios.map((id, at) => [
      scenarios[id],
      found.regret.first[at].map((option) => options[option]).join(", "),
    ]);
    find("#whatif-found").replaceChildren(
      make("p", { class: "flip" }, [sentence]),
      table([words.ranking, words.score, words.most], rows),
      table([words.winners, ""], winners),
    );
  }
}

function table(heads, rows) {
  const head = make("tr", {}, heads.map((text) => (text ? make("th", { scope: "col" }, [text]) : make("td"))));
  const lines = rows.map(([first, ...rest]) =>
    make("tr", {}, [make("th", { scope: "row" }, [first]), ...rest.map((text) => make("td", {}, [text]))]),
  );
  return make("table", {}, [make("thead", {}, [head]), make("tbody", {}, lines)]);
}
