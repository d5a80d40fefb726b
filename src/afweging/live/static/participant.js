// The page of a participant: shows the screens that belong to the snapshot, and sends commands.

import { all, fill, find, flip, make, readData, show } from "./dom.js";
import { Draft } from "./draft.js";
import { Give, listWeights, weightsOf } from "./give.js";
import { Spread } from "./spread.js";
import { Link, freshKey, pause, send } from "./stream.js";

const BASE = "/api/deelnemer";
const LONGEST_TEXT = 140;
const SEALED = ["r1_sealed", "r2_sealed"];
const SPREAD = ["reveal1", "discuss", "reveal2", "frozen"];
const ENDED = ["closed", "purged"];
const TAPS = ["r1_open", "discuss", "reveal2", "frozen"];

class App {
  constructor() {
    Object.assign(this, readData()); // csrf, key, mode, lenses, language, problem, words
    this.freshKey = freshKey;
    this.numbers = new Intl.NumberFormat(this.language, { maximumFractionDigits: 0 });
    this.view = null;
    this.draft = null;
    this.shown = "";
    this.changing = false;
    this.decision = null;
    this.give = new Give(this);
    this.spread = new Spread(this);
    this.bind();
    this.link = new Link(BASE, {
      view: (view) => this.take(view),
      state: (state) => find("#link").setAttribute("data-state", state),
      gone: (why) => this.gone(why),
    });
    this.link.start();
  }

  percent(share) {
    return fill(this.words.percent, { value: this.numbers.format(100 * share) });
  }

  // The name of a lens, marked where it is in another language than the page.
  named(place) {
    const lang = this.problem === this.language ? {} : { lang: this.problem };
    return make("span", lang, [this.lenses[place].name]);
  }

  given(round) {
    return this.view?.rounds[String(round)] ?? null;
  }

  bind() {
    find("#as-table").addEventListener("click", () => this.rangesAsTable());
    for (const button of all(".unclear")) {
      button.addEventListener("click", () => {
        if (button.ariaDisabled === "true") return;
        this.tell({ kind: "not_understood", lens: button.dataset.lens });
      });
    }
    find("[data-change]").addEventListener("click", () => this.change("bars"));
    find("#second-change").addEventListener("click", () => this.change("bars"));
    find("#second-keep").addEventListener("click", () => this.keep());
    find("#take").addEventListener("click", () => location.reload());
    find("#end-download").addEventListener("click", () => this.download());
    this.bindMood();
    this.bindEndorse();
    for (const id of ["reason", "mood-text", "endorse-text"]) {
      find(`#${id}`).addEventListener("input", () => this.count(id));
      this.count(id);
    }
  }

  bindMood() {
    for (const button of all("[data-mood]")) {
      button.addEventListener("click", () => {
        this.tell({ kind: "tap", mood: button.dataset.mood });
        show(find("#mood-why"), button.dataset.mood === "uneasy");
      });
    }
    find("#mood-send").addEventListener("click", async () => {
      const text = find("#mood-text");
      const answer = await this.tell({ kind: "tap", mood: "uneasy", text: text.value });
      if (answer.ok) {
        text.value = "";
        show(find("#mood-why"), false);
        this.keepFocus();
      }
    });
  }

  bindEndorse() {
    for (const radio of all('input[name="endorse"]')) {
      radio.addEventListener("change", () => show(find("#endorse-why"), radio.value !== "endorse"));
    }
    find("#endorse-send").addEventListener("click", () => this.endorse());
    find("#endorse-change").addEventListener("click", () => {
      this.changing = true;
      this.render();
    });
  }

  count(id) {
    const left = LONGEST_TEXT - find(`#${id}`).value.length;
    find(`#${id}-left`).textContent = fill(this.words.left, { left });
  }

  // --- what came from the server ----------------------------------------------------------------

  take(view) {
    const { open } = view;
    if (open && this.draft?.round !== open) {
      this.draft = new Draft(this.key, open, this.lenses.length);
    }
    const former = this.view;
    this.view = view;
    if (this.draft?.waiting && open === this.draft.round) this.resend();
    if (view.stage === "decided" && this.decision?.seq === undefined) this.fetchDecision();
    if (former?.stage !== view.stage) this.changing = false;
    this.render();
  }

  gone(why) {
    if (ENDED.includes(this.view?.stage)) return; // the receipts stay on the screen
    if (why === "elsewhere") this.showOnly(["elsewhere"]);
    else location.assign(why === 401 ? "/deelnemer" : "/");
  }

  // Return the screens that belong to the snapshot and to how far this person is.
  screens() {
    const { view } = this;
    if (view.seat.removed) return ["removed"];
    if (!view.seat.admitted) return ["wait"];
    if (view.stage === "explain") return ["ranges"];
    if (view.open) return this.giving(view.open);
    if (SEALED.includes(view.stage)) return ["receipt"];
    if (SPREAD.includes(view.stage) && view.spread) return ["spread", ...this.mood()];
    if (view.stage === "decided") return ["endorse"];
    if (ENDED.includes(view.stage)) return ["end"];
    return ["wait"];
  }

  giving(round) {
    const { step } = this.draft;
    if (step && step !== "done") return [step];
    if (this.given(round)) {
      const more = this.view.spread && this.mode === "open" ? ["spread", ...this.mood()] : [];
      return ["receipt", ...more];
    }
    return round === 2 ? ["second"] : ["ranges"];
  }

  mood() {
    return this.view.ranked && TAPS.includes(this.view.stage) ? ["mood"] : [];
  }

  render() {
    const { view } = this;
    if (!view) return;
    find("#seat").textContent = fill(find("#seat").dataset.text, { seat: view.seat.id });
    show(find("#paused"), view.paused);
    const screens = this.screens();
    this.fill(screens);
    this.showOnly(screens);
    this.keepFocus();
  }

  // Who stood on what is not shown any more, stands on the head of that screen.
  keepFocus() {
    const active = document.activeElement;
    const section = active?.closest("main > section:not([hidden])");
    if (!section || active.getClientRects().length) return;
    find("h1, h2", section).tabIndex = -1;
    find("h1, h2", section).focus({ preventScroll: true });
  }

  showOnly(screens) {
    for (const section of all("main > section")) show(section, screens.includes(section.id.slice(2)));
    const [first] = screens;
    if (first === this.shown) return;
    const title = find(`#s-${first} h1`);
    if (this.shown) {
      scrollTo(0, 0);
      title.focus({ preventScroll: true });
      find("#said").textContent = fill(this.words.new_screen, { title: title.textContent });
    }
    this.shown = first;
  }

  fill(screens) {
    for (const screen of screens) this[`fill_${screen}`]?.();
    if (this.draft && ["biggest", "bars", "checks", "confirm"].includes(screens[0])) this.give.fill();
  }

  fill_wait() {
    const now = this.view.seat.admitted ? this.view.stage : "admission";
    for (const line of all("#s-wait [data-stage]")) show(line, line.dataset.stage === now);
  }

  fill_ranges() {
    show(find("#ranges-next"), Boolean(this.view.open));
    for (const button of all(".unclear")) {
      const said = this.view.unclear.includes(button.dataset.lens);
      flip(button, said);
      button.ariaDisabled = String(said);
    }
  }

  fill_receipt() {
    const number = this.view.open ?? (this.view.stage === "r2_sealed" ? 2 : 1);
    const given = this.given(number);
    show(find("#receipt-given"), Boolean(given));
    show(find("#receipt-none"), !given);
    find("#receipt-code").textContent = given?.receipt ?? "";
    show(find("#receipt-wait"), Boolean(this.view.open));
    show(find("#receipt-change"), Boolean(this.view.open));
    show(find("#receipt-sealed"), !this.view.open);
    show(find("#receipt-unsent"), !given && Boolean(this.draft?.touched) && this.draft.round === number);
  }

  fill_spread() {
    this.spread.fill(this.view);
  }

  fill_mood() {
    for (const button of all("[data-mood]")) {
      button.setAttribute("aria-pressed", String(button.dataset.mood === this.view.mood));
    }
    show(find("#mood-done"), this.view.mood !== null);
  }

  fill_second() {
    const first = this.given(1);
    show(find("#second-given"), Boolean(first));
    show(find("#second-none"), !first);
    listWeights(find("#second-weights"), this, first ? weightsOf(first.swings) : null);
  }

  fill_endorse() {
    const { endorsement } = this.view;
    const asked = !endorsement || this.changing;
    show(find("#endorse-ask"), asked);
    show(find("#endorse-done"), !asked);
    find("#endorse-code").textContent = endorsement?.receipt ?? "";
    if (!this.decision?.text) return;
    find("#decision-text").textContent = this.decision.text;
    const lines = this.decision.conditions.map((text) => make("li", {}, [text]));
    find("#decision-conditions ul").replaceChildren(...lines);
    show(find("#decision-conditions"), lines.length > 0);
  }

  fill_end() {
    const codes = {
      1: this.given(1)?.receipt,
      2: this.given(2)?.receipt,
      e: this.view.endorsement?.receipt,
    };
    for (const [name, code] of Object.entries(codes)) {
      const line = find(`[data-code="${name}"]`);
      show(line, Boolean(code));
      find("dd", line).textContent = code ?? "";
    }
    this.codes = codes;
    show(find("#end-receipts"), Object.values(codes).some(Boolean));
    show(find("#end-kept"), this.view.stage === "closed");
    show(find("#end-purged"), this.view.stage === "purged");
  }

  rangesAsTable() {
    const table = find("#range-table").hidden;
    flip(find("#as-table"), table);
    show(find("#range-table"), table);
    show(find("#range-cards"), !table);
  }

  // --- what goes to the server ------------------------------------------------------------------

  async tell(command) {
    const answer = await send(BASE, this.csrf, command);
    this.say(answer.ok ? "" : answer.message || this.words.not_sent);
    if (answer.ok) await this.link.fetch();
    return answer;
  }

  say(text) {
    const error = find("#error");
    error.textContent = text;
    show(error, Boolean(text));
    if (text) error.scrollIntoView({ block: "nearest" });
  }

  // Begin to change what was given before, from what it was.
  change(step) {
    const { draft, view } = this;
    const before = this.given(draft.round)?.swings ?? this.given(1)?.swings;
    const biggest = before ? before.indexOf(100) : -1;
    if (biggest < 0) draft.save({ step: "ranges" });
    else draft.save({ step, biggest, points: [...before], answers: [null, null], key: null });
    if (view) this.render();
  }

  keep() {
    const { draft } = this;
    if (!draft.key) draft.save({ key: freshKey() });
    this.deliver({ kind: "confirm", key: draft.key });
  }

  submit() {
    this.deliver(this.give.command());
  }

  // Send until it is stored or refused; the key makes a second delivery the same one.
  async deliver(command) {
    if (this.sending) return;
    this.sending = true;
    this.busy(true);
    this.draft.save({ waiting: command });
    const answer = await send(BASE, this.csrf, command);
    this.sending = false;
    if (answer.ok) {
      await this.stored(answer);
    } else if (answer.status === 0 || answer.status >= 500 || answer.status === 429) {
      this.say(answer.message || this.words.not_sent);
      setTimeout(() => this.resend(), pause(3));
    } else {
      this.draft.save({ waiting: null });
      this.busy(false);
      this.say(answer.message || this.words.not_sent);
      this.link.fetch();
    }
  }

  async stored(answer) {
    this.say("");
    this.draft.save({ waiting: null, step: "done", key: null });
    this.busy(false);
    await this.link.fetch();
    find("#said").textContent = fill(this.words.sent, { code: answer.receipt });
  }

  resend() {
    if (this.draft?.waiting && !this.sending) this.deliver(this.draft.waiting);
  }

  busy(is) {
    flip(find("#send"), is);
    // a disabled button would lose the focus; what is pressed meanwhile is not sent twice
    for (const id of ["send", "second-keep", "second-change"]) find(`#${id}`).ariaDisabled = String(is);
  }

  async endorse() {
    const choice = find('input[name="endorse"]:checked')?.value;
    const text = find("#endorse-text").value;
    show(find("#endorse-missing"), !choice);
    const silent = choice === "remark" && !text.trim();
    show(find("#endorse-missing-text"), silent);
    if (!choice || silent) return;
    const given = JSON.stringify([choice, text]);
    if (this.endorsing?.given !== given) this.endorsing = { given, key: freshKey() };
    const said = choice === "endorse" ? "" : text;
    const answer = await this.tell({ kind: "endorse", choice, text: said, key: this.endorsing.key });
    if (answer.ok) this.changing = false;
    this.render();
  }

  async fetchDecision() {
    this.decision = {};
    try {
      const answer = await fetch(`${BASE}/decision`, { cache: "no-store" });
      this.decision = answer.ok ? await answer.json() : null;
    } catch {
      this.decision = null;
    }
    this.render();
  }

  download() {
    const lines = Object.entries(this.codes)
      .filter(([, code]) => code)
      .map(([name, code]) => `${find(`[data-code="${name}"] dt`).textContent}: ${code}`);
    const text = [this.words.receipts_file, ...lines, ""].join("\n");
    const link = make("a", { download: "afweging.txt" });
    link.href = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }
}

new App();
