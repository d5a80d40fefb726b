// The wall: shows what the server drew, and keeps the last frame while the line is gone.

import { find, show } from "./dom.js";
import { Link } from "./stream.js";

const frame = find("#frame");
const STEPS = 4;
let last = "";

// Set what does not fit in smaller type, step by step.
function fit() {
  const wall = find(".wall", frame);
  const body = find(".wall-body", frame);
  for (let step = 1; step <= STEPS; step += 1) wall?.classList.remove(`fit-${step}`);
  for (let step = 0; body && step <= STEPS; step += 1) {
    wall.classList.remove(`fit-${step - 1}`);
    if (step) wall.classList.add(`fit-${step}`);
    if (body.scrollHeight <= body.clientHeight && body.scrollWidth <= body.clientWidth) return;
  }
}

addEventListener("resize", fit);

const link = new Link(`/api${location.pathname}`, {
  view(view) {
    if (view.html === last) return;
    last = view.html;
    frame.innerHTML = view.html;
    fit();
    if (view.language) document.documentElement.lang = view.language;
  },
  state: (state) => show(find("#reconnecting"), state !== "online"),
  gone: () => show(find("#reconnecting"), true),
});

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() === "t" && !event.ctrlKey && !event.metaKey && !event.altKey) {
    document.body.classList.toggle("tables");
    fit();
  }
});

link.start();
