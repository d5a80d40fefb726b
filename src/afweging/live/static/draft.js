// What a participant filled in and did not send yet: kept on the device, per seat and round.

const PREFIX = "afweging";

export class Draft {
  constructor(key, round, lenses) {
    this.name = `${PREFIX}:${key}:${round}`;
    this.round = round;
    const empty = {
      step: null,
      biggest: null,
      points: Array(lenses).fill(null),
      answers: [null, null],
      adjusted: [false, false],
      reason: "",
      key: null,
      waiting: null,
    };
    Object.assign(this, empty, load(this.name));
    if (this.points.length !== lenses) Object.assign(this, empty);
  }

  save(changes = {}) {
    Object.assign(this, changes);
    const { name, ...content } = this;
    try {
      localStorage.setItem(name, JSON.stringify(content));
    } catch {
      // a full or closed store: the draft lives as long as the page
    }
  }

  forget() {
    try {
      localStorage.removeItem(this.name);
    } catch {
      // nothing was stored
    }
  }

  get full() {
    return this.points.every((point) => point !== null);
  }

  get touched() {
    return this.biggest !== null;
  }
}

function load(name) {
  try {
    return JSON.parse(localStorage.getItem(name)) ?? {};
  } catch {
    return {};
  }
}
