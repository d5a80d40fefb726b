// Where a participant stands beside the group, on the own device only.

import { all, fill, find, flip, parts, show } from "./dom.js";
import { weightsOf } from "./give.js";

const BOX_BELOW = 8; // people; from there on the band is the middle half

export class Spread {
  constructor(app) {
    this.app = app;
    this.asTable = false;
    const toggle = find("#spread-toggle");
    toggle.addEventListener("click", () => this.toggle());
    // the key works while the focus is on this screen, so that nobody presses it by accident
    find("#s-spread").addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() === "t" && !event.ctrlKey && !event.metaKey) this.toggle();
    });
  }

  toggle() {
    this.asTable = !this.asTable;
    flip(find("#spread-toggle"), this.asTable);
    show(find("#spread-chart"), !this.asTable);
    show(find("#spread-table"), this.asTable);
  }

  fill(view) {
    const { spread } = view;
    if (!spread) return;
    const own = weightsOf(view.rounds[String(spread.round)]?.swings ?? []);
    const few = spread.lenses.every((found) => found === null) && spread.n < 5;
    show(find("#spread-few"), few);
    show(find("#spread-box"), spread.n < BOX_BELOW);
    show(find("#spread-band"), spread.n >= BOX_BELOW);
    find("#spread-n").textContent = fill(this.app.words.group_of, spread);
    all("#spread-chart .strip").forEach((strip, place) => {
      this.strip(strip, this.app.named(place), spread.lenses[place], own?.[place] ?? null);
    });
    all("#spread-table tbody tr").forEach((row, place) => {
      const found = spread.lenses[place];
      const cells = [own?.[place] ?? null, ...(found ?? [null, null, null])];
      cells.forEach((value, at) => {
        row.cells[at + 1].textContent = value === null ? "–" : this.app.percent(value);
      });
    });
  }

  strip(strip, lens, found, own) {
    const { words } = this.app;
    show(find(".not-shown", strip), !found);
    for (const name of [".band", ".median"]) find(name, strip).toggleAttribute("hidden", !found);
    const me = find(".me", strip);
    me.toggleAttribute("hidden", own === null);
    if (own !== null) me.setAttribute("cx", place(own));
    const sentence = find(".sentence", strip);
    if (!found) {
      sentence.textContent = "";
      return;
    }
    const [low, median, high] = found;
    find(".band", strip).setAttribute("x", place(low));
    find(".band", strip).setAttribute("width", place(Math.max(high - low, 0.005)));
    find(".median", strip).setAttribute("x1", place(median));
    find(".median", strip).setAttribute("x2", place(median));
    const facts = { lens, own: own === null ? "" : this.app.percent(own), median: this.app.percent(median) };
    if (own === null) {
      sentence.replaceChildren(...parts(words.own_alone, facts));
      return;
    }
    const where = own < low - 1e-9 ? "below" : own > high + 1e-9 ? "above" : "inside";
    const box = this.app.view.spread.n < BOX_BELOW;
    const position = box ? "" : ` ${words[`position_${where}`]}`;
    sentence.replaceChildren(...parts(words.own, facts), position);
  }
}

function place(share) {
  return `${(100 * share).toFixed(2)}%`;
}
