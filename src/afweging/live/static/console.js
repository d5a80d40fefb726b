// The console: swaps what changed, keeps what is being typed, and sends commands.

import { all, find, show } from "./dom.js";
import { Link, freshKey, send } from "./stream.js";
import { IDLE, WhatIf } from "./whatif.js";

const BASE = `/api${location.pathname}`;
const csrf = document.body.dataset.csrf;
const frame = find("#frame");
const parts = new Map(); // name of a part to the HTML that was last shown

let last = null; // the view that was shown last
let later = 0;
const whatIf = new WhatIf(BASE, csrf, command);

function take(view) {
  last = view;
  const fresh = document.createElement("template");
  fresh.innerHTML = view.html;
  const names = (root) => all("[data-part]", root).map((part) => part.dataset.part).join();
  if (names(fresh.content) !== names(frame)) whole(fresh.content);
  else for (const part of all("[data-part]", fresh.content)) swap(part);
  for (const part of all("[data-part]", frame)) if (!parts.has(part.dataset.part)) remember(part);
  const link = find("#export-link");
  if (link) link.href = `${BASE}/export`;
  clock();
  whatIf.attach();
}

function remember(part, html = part.outerHTML) {
  parts.set(part.dataset.part, html);
}

function whole(content) {
  const kept = keep(frame);
  parts.clear();
  for (const part of all("[data-part]", content)) remember(part);
  frame.replaceChildren(content);
  restore(frame, kept);
}

function swap(part) {
  const name = part.dataset.part;
  const html = part.outerHTML;
  if (parts.get(name) === html) return;
  const old = find(`[data-part="${name}"]`, frame);
  if (name === "whatif" && whatIf.busy && old.dataset.mode === part.dataset.mode) {
    clearTimeout(later); // while one drags the sliders stay as they are
    later = setTimeout(() => take(last), IDLE);
    return;
  }
  remember(part, html);
  const kept = keep(old);
  old.replaceWith(part);
  restore(part, kept);
}

// What a person typed, opened and stood on, by the id of the element.
function keep(root) {
  const active = document.activeElement;
  const focus = root.contains(active) ? active.id : "";
  const typed = all("input, textarea, select", root)
    .filter((field) => field.id && changed(field))
    .map((field) => [field.id, field.type === "checkbox" ? field.checked : field.value]);
  const opened = all("details[open]", root).map((details) => details.id);
  const at = focus && "selectionStart" in active ? active.selectionStart : null;
  return { focus, typed, opened, at };
}

function changed(field) {
  if (field.closest("#whatif")) return !["range", "number"].includes(field.type);
  if (field.type === "checkbox") return field.checked !== field.defaultChecked;
  if (field.tagName === "SELECT") return ![...field.options].every((o) => o.selected === o.defaultSelected);
  return field.value !== field.defaultValue;
}

function restore(root, { focus, typed, opened, at }) {
  for (const [id, value] of typed) {
    const field = document.getElementById(id);
    if (!field || !root.contains(field)) continue;
    if (field.type === "checkbox") field.checked = value;
    else field.value = value;
  }
  for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
  const active = focus && document.getElementById(focus);
  if (!active) return;
  active.focus({ preventScroll: true });
  if (at !== null && active.type !== "number" && "setSelectionRange" in active) {
    try {
      active.setSelectionRange(at, at);
    } catch {
      // this kind of field has no place for the cursor
    }
  }
}

// --- commands -------------------------------------------------------------------------------------

async function command(content) {
  const answer = await send(BASE, csrf, content);
  const fault = find("#fault");
  const words = whatIf.facts?.words;
  fault.textContent = answer.ok ? "" : answer.message || words?.failed || String(answer.status);
  show(fault, !answer.ok);
  if (answer.ok) await link.fetch();
  if (answer.link) showLink(answer.link);
  return answer;
}

function showLink(path) {
  const line = find("#new-link");
  line.textContent = `${line.dataset.text} ${new URL(path, location.origin)}`;
  show(line, true);
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
