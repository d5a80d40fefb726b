// One stream of snapshots per page: opened again after silence, with a poll where it is blocked.
// Read with fetch, not EventSource: so that heartbeats count, and a refusal is seen as one.

const SILENCE = 35000;
const POLL = 3000;
const SHORTEST = 500;
const LONGEST = 15000;
const TRIES = 2; // failed streams before snapshots are fetched instead

export class Link {
  // `on` holds view(view), state("connecting" | "online" | "offline") and gone(status or name).
  constructor(base, on) {
    this.base = base;
    this.on = on;
    this.seq = -1;
    this.failed = 0;
    this.heard = 0;
    this.over = false;
  }

  start() {
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.wake();
    });
    addEventListener("pageshow", () => this.wake());
    addEventListener("online", () => this.wake());
    addEventListener("offline", () => this.on.state("offline"));
    setInterval(() => {
      if (this.reader && Date.now() - this.heard > SILENCE) this.open();
    }, 5000);
    this.open();
  }

  wake() {
    if (!this.over && (!this.reader || Date.now() - this.heard > 1000)) this.open();
  }

  stop(reason) {
    this.over = true;
    this.drop();
    this.on.gone(reason);
  }

  drop() {
    clearTimeout(this.timer);
    this.reader?.abort();
    this.reader = null;
  }

  async open() {
    if (this.over) return;
    this.drop();
    const reader = new AbortController();
    this.reader = reader;
    this.heard = Date.now();
    try {
      const answer = await fetch(`${this.base}/stream`, {
        signal: reader.signal,
        headers: { accept: "text/event-stream" },
        cache: "no-store",
      });
      if (answer.status === 401 || answer.status === 403 || answer.status === 404) {
        this.stop(answer.status);
        return;
      }
      if (!answer.ok) throw new Error(String(answer.status));
      await this.read(answer.body.getReader(), reader);
    } catch {
      // what failed does not matter: it is tried again
    }
    if (this.reader === reader) this.again();
  }

  async read(body, reader) {
    const text = new TextDecoder();
    let rest = "";
    for (;;) {
      const { done, value } = await body.read();
      if (done || this.reader !== reader) return;
      this.heard = Date.now();
      const parts = (rest + text.decode(value, { stream: true })).split("\n\n");
      rest = parts.pop();
      for (const part of parts) this.take(part);
    }
  }

  take(part) {
    let name = "message";
    const data = [];
    for (const line of part.split("\n")) {
      if (line.startsWith("event:")) name = line.slice(6).trim();
      if (line.startsWith("data:")) data.push(line.slice(5).trimStart());
    }
    if (name === "elsewhere") {
      this.stop("elsewhere");
    } else if (name === "message" && data.length) {
      this.failed = 0;
      this.show(JSON.parse(data.join("\n")));
    }
  }

  show(view) {
    this.on.state("online");
    if (view.seq < this.seq) return;
    this.seq = view.seq;
    this.on.view(view);
  }

  again() {
    this.reader = null;
    this.failed += 1;
    if (this.failed >= TRIES) {
      this.poll();
      return;
    }
    this.on.state("connecting");
    this.timer = setTimeout(() => this.open(), pause(this.failed));
  }

  // Fetch a snapshot now and then, and try the stream again every so often.
  async poll() {
    const found = await this.fetch();
    if (this.over || this.reader) return;
    if (!found) this.on.state("offline");
    const wait = found ? POLL : pause(this.failed);
    this.failed += 1;
    const next = this.failed % 4 === 0 ? () => this.open() : () => this.poll();
    this.timer = setTimeout(next, wait);
  }

  async fetch() {
    try {
      const answer = await fetch(`${this.base}/snapshot`, { cache: "no-store" });
      if (answer.status === 401 || answer.status === 403) this.stop(answer.status);
      if (!answer.ok) return false;
      this.show(await answer.json());
      return true;
    } catch {
      return false;
    }
  }
}

// Full jitter: any moment up to a bound that doubles, so that a room does not come back at once.
export function pause(failed) {
  const bound = Math.min(LONGEST, SHORTEST * 2 ** Math.min(failed, 10));
  return SHORTEST + Math.random() * Math.max(0, bound - SHORTEST);
}

// Send a command. Answers {ok, status, ...}; status 0 where nothing came back.
export async function send(base, csrf, command) {
  try {
    const answer = await fetch(`${base}/command`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-csrf": csrf },
      body: JSON.stringify(command),
    });
    const said = await answer.json().catch(() => ({}));
    return { ...said, ok: answer.ok, status: answer.status };
  } catch {
    return { ok: false, status: 0 };
  }
}

export function freshKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
