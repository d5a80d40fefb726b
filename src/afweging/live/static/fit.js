// Set what does not fit on the wall in smaller type, step by step: smaller is better than cut off.

import { find } from "./dom.js";

const STEPS = 4;

export function fit(frame) {
  const wall = find(".wall", frame);
  const body = find(".wall-body", frame);
  for (let step = 1; step <= STEPS; step += 1) wall?.classList.remove(`fit-${step}`);
  for (let step = 0; body && step <= STEPS; step += 1) {
    wall.classList.remove(`fit-${step - 1}`);
    if (step) wall.classList.add(`fit-${step}`);
    if (body.scrollHeight <= body.clientHeight && body.scrollWidth <= body.clientWidth) return;
  }
}
