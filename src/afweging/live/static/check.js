// Tries what a session needs: storage, an answer, and a stream that is not held back.

import { fill, find } from "./dom.js";

const WAIT = 7000; // milliseconds for a stream whose events come each second
const words = JSON.parse(find("#checks").dataset.words);

function mark(name, outcome, more = "") {
  const line = find(`#check-${name}`);
  line.className = outcome;
  find("b", line).textContent = words[outcome] + more;
  return outcome;
}

function storage() {
  try {
    localStorage.setItem("afweging:check", "1");
    localStorage.removeItem("afweging:check");
    return mark("storage", "good");
  } catch {
    return mark("storage", "slow");
  }
}

async function answer() {
  const begin = performance.now();
  try {
    const found = await fetch("/health", { cache: "no-store" });
    const ms = Math.round(performance.now() - begin);
    return mark("snapshot", found.ok ? "good" : "bad", ` (${fill(words.milliseconds, { ms })})`);
  } catch {
    return mark("snapshot", "bad");
  }
}

async function stream() {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), WAIT);
  const moments = [];
  try {
    const found = await fetch("/api/netwerk/stream", { cache: "no-store", signal: stop.signal });
    const reader = found.body.getReader();
    while (found.ok && moments.length < 3) {
      const { done } = await reader.read();
      if (done) break;
      moments.push(performance.now());
    }
    stop.abort();
  } catch {
    // judged by what came
  }
  clearTimeout(timer);
  // three pieces that come apart in time: nothing holds them back
  const apart = moments.length >= 3 && moments[2] - moments[0] > 500;
  return mark("stream", apart ? "good" : "slow");
}

mark("script", "good");
const found = await Promise.all([storage(), answer(), stream()]);
const worst = found.includes("bad") ? "bad" : found.includes("slow") ? "slow" : "good";
find("#verdict").textContent = words[`verdict_${worst}`];
