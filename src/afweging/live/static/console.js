// The console: changes what is new, keeps what is being typed, and sends commands.

import { all, find, show } from "./dom.js";
import { morph } from "./morph.js";
import { Link, freshKey, send } from "./stream.js";
import { IDLE, WhatIf } from "./whatif.js";

const BASE = `/api${location.pathname}`;
const csrf = document.body.dataset.csrf;
const frame = find("#frame");

let last = null; // the view that was shown last
let later = 0;
const whatIf = new WhatIf(BASE, csrf, command);

function take(view) {
  last = view;
  const fresh = document.createElement("template");
  fresh.innerHTML = view.html;
  const stood = whereOn(document.activeElement);
  morph(frame, fresh.content, (element) => isInHand(element, fresh.content));
  if (stood && !frame.contains(document.activeElement)) standOn(stood);
  const link = find("#export-link");
  if (link) link.href = `${BASE}/export`;
  clock();
  whatIf.attach();
}

// Whether this is filled by the script itself, or are sliders that somebody drags now.
function isInHand(element, fresh) {
  if (element.dataset?.own !== undefined) return true;
  if (element.id !== "whatif" || !whatIf.busy) return false;
  if (element.dataset.mode !== find("#whatif", fresh)?.dataset.mode) return false;
  clearTimeout(later);
  later = setTimeout(() => take(last), IDLE);
  return true;
}

function whereOn(active) {
  if (active === frame || !frame.contains(active)) return null;
  return { id: active.id, part: active.closest("[data-part]")?.dataset.part };
}

// What had the focus is gone or came anew: go there, or else to the head of its part.
function standOn({ id, part }) {
  const again = id && document.getElementById(id);
  const head = find(`[data-part="${part}"] :is(h1, h2)`, frame) ?? find("#stage") ?? frame;
  if (!again) head.tabIndex = -1;
  (again || head).focus({ preventScroll: Boolean(again) });
}

// --- commands -------------------------------------------------------------------------------------

async function command(content) {
  const answer = await send(BASE, csrf, content);
  const fault = find("#fault");
  const words = whatIf.facts?.words;
  fault.textContent = answer.ok ? "" : answer.message || words?.failed || String(answer.status);
  show(fault, !answer.ok);
  if (answer.ok) await link.fetch();
  if (answer.ok) showLink(answer.link);
  return answer;
}

function showLink(path) {
  const line = find("#new-link");
  if (!line) return;
  show(line, Boolean(path));
  if (!path) return;
  line.textContent = `${line.dataset.text} ${new URL(path, location.origin)}`;
  line.scrollIntoView({ block: "nearest" });
}

function say(text) {
  const said = find("#said");
  said.textContent = text;
  show(said, Boolean(text));
  clearTimeout(say.timer);
  say.timer = setTimeout(() => show(said, false), 2500);
}

const READ = {
  number: (values) => Number(values[0]),
  numbers: (values) => values.map(Number),
  lines: (values) => values[0].split("\n").map((line) => line.trim()).filter(Boolean),
  optional: (values) => values[0] || null,
  text: (values) => values[0],
};

// Return the command of a form: what stands in its data, and what is filled in.
function read(form) {
  const { kind, keyed, weights, ...fixed } = form.dataset;
  const found = { kind };
  for (const [name, value] of Object.entries(fixed)) {
    found[name] = ["seat", "round"].includes(name) ? Number(value) : value;
  }
  for (const field of all("[name]", form)) {
    const values = all(`[name="${field.name}"]`, form).map((each) => each.value);
    found[field.name] = READ[field.dataset.type ?? "text"](values);
  }
  if (keyed !== undefined) found.key = freshKey();
  if (weights !== undefined) found.weights = weights === "whatif" ? whatIf.weights : null;
  return found;
}

frame.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-kind]");
  if (!form) return;
  event.preventDefault();
  const answer = await command(read(form));
  if (!answer.ok) return;
  form.reset();
  say(whatIf.facts?.words.done ?? "");
});

frame.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-kind]");
  if (!button) return;
  await command({ kind: button.dataset.kind, ...JSON.parse(button.dataset.fields) });
});

// --- time -----------------------------------------------------------------------------------------

function clock() {
  const place = find("#clock");
  if (!place?.dataset.since) return;
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(place.dataset.since)) / 1000));
  const minutes = Math.floor(seconds / 60);
  place.textContent = `${minutes}:${String(seconds % 60).padStart(2, "0")}`;
}

setInterval(clock, 1000);

const link = new Link(BASE, {
  view: take,
  state: (state) => show(find("#offline"), state === "offline"),
  gone: () => show(find("#elsewhere"), true),
});
link.start();
