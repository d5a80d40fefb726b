// The wall: shows what the server drew, and keeps the last frame while the line is gone.

import { find, show } from "./dom.js";
import { fit } from "./fit.js";
import { Link } from "./stream.js";

const frame = find("#frame");
let last = "";

addEventListener("resize", () => fit(frame));

const link = new Link(`/api${location.pathname}`, {
  view(view) {
    if (view.html === last) return;
    last = view.html;
    frame.innerHTML = view.html;
    fit(frame);
    if (view.language) document.documentElement.lang = view.language;
  },
  state: (state) => show(find("#reconnecting"), state !== "online"),
  gone: () => show(find("#reconnecting"), true),
});

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() === "t" && !event.ctrlKey && !event.metaKey && !event.altKey) {
    document.body.classList.toggle("tables");
    fit(frame);
  }
});

link.start();
