// The steps in which a participant gives weights: biggest swing, points, checks, confirm.

import { questions, fits, verdicts } from "./checks.js";
import { all, fill, find, make, parts, show } from "./dom.js";

const MOVED = 0.1; // of weight, between rounds: worth a reason

export class Give {
  constructor(app) {
    this.app = app;
    this.bars = all(".bar");
    this.bind();
  }

  get draft() {
    return this.app.draft;
  }

  bind() {
    for (const button of all("[data-go]")) {
      button.addEventListener("click", () => this.go(button.dataset.go));
    }
    for (const radio of all('input[name="biggest"]')) {
      radio.addEventListener("change", () => this.choose(Number(radio.value)));
    }
    for (const bar of this.bars) this.bindBar(bar, Number(bar.dataset.place));
    all(".check").forEach((check, at) => this.bindCheck(check, at));
    const reason = find("#reason");
    reason.addEventListener("input", () => {
      this.draft.save({ reason: reason.value, key: null });
    });
    find("#send").addEventListener("click", () => this.app.submit());
  }

  bindBar(bar, place) {
    const field = find('input[type="text"]', bar);
    field.addEventListener("input", () => this.set(place, parse(field.value), field));
    field.addEventListener("blur", () => this.fillBars());
    const slider = find('input[type="range"]', bar);
    slider.addEventListener("input", () => this.set(place, Number(slider.value)));
    slider.addEventListener("click", () => this.set(place, Number(slider.value)));
    for (const button of all("[data-step]", bar)) {
      button.addEventListener("click", () => {
        const now = this.draft.points[place] ?? 0;
        this.set(place, Math.max(0, Math.min(100, now + Number(button.dataset.step))));
      });
    }
  }

  bindCheck(check, at) {
    for (const radio of all("input", check)) {
      radio.addEventListener("change", () => {
        const answers = [...this.draft.answers];
        answers[at] = radio.value;
        this.draft.save({ answers, key: null });
        this.fillChecks();
      });
    }
    find("[data-adjust]", check).addEventListener("click", () => {
      const adjusted = [...this.draft.adjusted];
      adjusted[at] = true;
      this.draft.save({ adjusted, key: null });
      this.go("bars");
    });
    const keep = find("[data-keep]", check);
    keep.addEventListener("click", () => {
      keep.setAttribute("aria-pressed", "true");
      find(".verdict", check).textContent = this.app.words.kept;
    });
  }

  // Go to a step, if what comes before it is filled in.
  go(step) {
    const { draft } = this;
    const lacks = (step === "bars" && draft.biggest === null && "biggest") ||
      (["checks", "confirm"].includes(step) && !draft.full && "bars");
    if (lacks) {
      show(find(`#s-${lacks} [data-error]`), true);
      this.firstEmpty(lacks)?.focus();
      return;
    }
    for (const error of all("[data-error]")) show(error, false);
    draft.save({ step });
    this.app.render();
  }

  firstEmpty(step) {
    if (step === "biggest") return find('input[name="biggest"]');
    const place = this.draft.points.indexOf(null);
    return find('input[type="text"]', this.bars[place]);
  }

  choose(biggest) {
    const points = [...this.draft.points];
    const former = this.draft.biggest;
    if (former !== null && former !== biggest) points[former] = null;
    points[biggest] = 100;
    this.draft.save({ biggest, points, answers: [null, null], key: null });
    this.fillBars();
  }

  set(place, point, typing = null) {
    const points = [...this.draft.points];
    points[place] = point;
    this.draft.save({ points, key: null });
    this.fillBars(typing);
  }

  fill() {
    const { draft } = this;
    for (const radio of all('input[name="biggest"]')) {
      radio.checked = Number(radio.value) === draft.biggest;
    }
    this.fillBars();
    this.fillChecks();
    this.fillConfirm();
  }

  fillBars(typing = null) {
    const shares = weightsOf(this.draft.points);
    this.bars.forEach((bar, place) => {
      const point = this.draft.points[place];
      const fixed = place === this.draft.biggest;
      show(find(".fixed", bar), fixed);
      show(find(".entry", bar), !fixed);
      const field = find('input[type="text"]', bar);
      if (field !== typing) field.value = point ?? "";
      const slider = find('input[type="range"]', bar);
      slider.value = point ?? 0;
      slider.classList.toggle("empty", point === null);
      if (point === null) slider.setAttribute("aria-valuetext", slider.dataset.empty);
      else slider.setAttribute("aria-valuetext", fill(this.app.words.points_of, { points: point }));
      find("output", bar).textContent = shares ? this.app.percent(shares[place]) : "–";
    });
    if (this.draft.full) show(find("#s-bars [data-error]"), false);
  }

  get asked() {
    const { draft } = this;
    return draft.full && draft.biggest !== null ? questions(draft.points, draft.biggest) : [];
  }

  fillChecks() {
    const { asked } = this;
    show(find("#checks-none"), asked.length === 0);
    all(".check").forEach((check, at) => {
      show(check, at < asked.length);
      if (at < asked.length) this.fillCheck(check, asked[at], at);
    });
  }

  fillCheck(check, question, at) {
    const { words } = this.app;
    const sides = this.sides(question);
    find("legend", check).textContent = question.kind === "half" ? words.check_half : words.check_pair;
    find(`label[for="check-${at}-a"]`).replaceChildren(...sides.first());
    find(`label[for="check-${at}-b"]`).replaceChildren(...sides.second());
    this.fillBetween(check, [...question.first, ...question.second]);
    const answer = this.draft.answers[at];
    for (const radio of all("input", check)) radio.checked = radio.value === answer;
    const off = answer !== null && !fits(question, answer);
    const verdict = find(".verdict", check);
    show(find("[data-mismatch]", check), off);
    find("[data-keep]", check).setAttribute("aria-pressed", "false");
    if (answer === null) verdict.textContent = "";
    else if (!off) verdict.textContent = words.matches;
    else {
      const text = answer === "e" ? words.mismatch_equal : words.mismatch;
      const [first, second] = [sides.first(inSentence), sides.second(inSentence)];
      verdict.replaceChildren(...parts(text, { first, second, a: question.a, b: question.b }));
    }
  }

  // What the swings of these lenses are, in real units.
  fillBetween(check, places) {
    const parts = places.flatMap((place) => [
      make("p", { class: "swing-name" }, [this.app.named(place)]),
      find(".swings", this.bars[place]).cloneNode(true),
    ]);
    find(".between > div", check).replaceChildren(...parts);
  }

  // What stands on either side of a question: functions that say it anew each time.
  sides(question) {
    const { words } = this.app;
    const say = (text, one, other = one) => (change = (same) => same) => {
      const facts = { lens: this.app.named(one), other: this.app.named(other) };
      return parts(change(text), facts);
    };
    const [first] = question.first;
    const [one, other] = question.second;
    if (question.kind === "half") return { first: say(words.half, first), second: say(words.whole, one) };
    return { first: say(words.whole, first), second: say(words.both, one, other) };
  }

  fillConfirm() {
    const shares = weightsOf(this.draft.points);
    listWeights(find("#confirm-weights"), this.app, shares);
    const points = this.draft.points;
    show(find("#confirm-equal"), points.length > 1 && points.every((point) => point === 100));
    const before = weightsOf(this.app.given(1)?.swings ?? []);
    const moved = shares && before && this.draft.round === 2 &&
      shares.some((share, place) => Math.abs(share - before[place]) > MOVED);
    show(find("#confirm-moved"), Boolean(moved));
    const reason = find("#reason");
    if (document.activeElement !== reason) reason.value = this.draft.reason;
    this.app.count("reason");
  }

  command() {
    const { draft } = this;
    if (!draft.key) draft.save({ key: this.app.freshKey() });
    return {
      kind: "submit",
      round: draft.round,
      swings: draft.points,
      checks: verdicts(this.asked, draft.answers, draft.adjusted),
      reason: draft.reason,
      key: draft.key,
    };
  }
}

// A text with a capital as it stands inside a sentence.
function inSentence(text) {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

// Points from 0 to 100, or null where a field holds something else.
export function parse(text) {
  const clean = text.trim();
  if (!/^\d{1,3}$/.test(clean)) return null;
  return Math.min(100, Number(clean));
}

// Weights that add up to 1; null while a point is missing.
export function weightsOf(points) {
  if (!points.length || points.some((point) => point === null)) return null;
  const total = points.reduce((sum, point) => sum + point, 0);
  return total > 0 ? points.map((point) => point / total) : null;
}

export function listWeights(list, app, shares) {
  const lines = (shares ?? []).map((share, place) => {
    const bar = make("rect", { x: 0, y: 0, height: "100%", width: `${(100 * share).toFixed(2)}%` });
    return make("li", { class: `lens-${place + 1}` }, [
      app.named(place),
      make("b", {}, [app.percent(share)]),
      make("svg", { "aria-hidden": "true" }, [bar]),
    ]);
  });
  list.replaceChildren(...lines);
}
