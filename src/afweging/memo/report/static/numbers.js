// Numbers and texts as the program writes them: the same digits, signs and words.

const HARD_SPACE = "\u00a0";
const NO_SHARE = 1e-9; // of all: less is rounding
const MOST_PLACES = 9;

// Round the digits that a number is written with to so many decimals, half to even.
function rounded(value, places) {
  const [, whole, part = "", power = "0"] = /^(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(Math.abs(value)));
  const shift = Number(power) - part.length + places;
  let units = BigInt(whole + part);
  if (shift >= 0) units *= 10n ** BigInt(shift);
  else {
    const unit = 10n ** BigInt(-shift);
    const rest = 2n * (units % unit);
    units /= unit;
    if (rest > unit || (rest === unit && units % 2n === 1n)) units += 1n;
  }
  const digits = String(units).padStart(places + 1, "0");
  return [digits.slice(0, digits.length - places), digits.slice(digits.length - places)];
}

function written(value, places, least = places) {
  const [point, comma] = data.language === "nl" ? [",", "."] : [".", ","];
  let [whole, part] = rounded(value, places);
  while (part.length > least && part.endsWith("0")) part = part.slice(0, -1);
  const sign = value < 0 && /[1-9]/.test(whole + part) ? "−" : "";
  whole = whole.replace(/\B(?=(\d{3})+$)/g, comma);
  return sign + whole + (part ? point + part : "");
}

function sharePlaces(share, least) {
  const percent = Math.abs(100 * share);
  if (Math.abs(share) < NO_SHARE || percent >= 0.5 * 0.1 ** least) return least;
  return Math.ceil(-Math.log10(percent));
}

function gapPlaces(value) {
  if (value === 0 || Math.abs(value) >= 0.1) return 2;
  return Math.min(MOST_PLACES, 1 - Math.floor(Math.log10(Math.abs(value))));
}

// What is just below all is not rounded to all.
function percentage(share) {
  const percent = 100 * share;
  return percent < 100 - 1e-9 ? Math.min(percent, 99.9) : percent;
}

function format(value, form) {
  if (/^\d+$/.test(form)) return written(value, Number(form));
  if (form === "gap") return written(value, gapPlaces(value));
  if (form === "share1") return written(percentage(value), sharePlaces(value, 1)) + HARD_SPACE + "%";
  if (form === "number") return written(value, 4, 0);
  return join(value);
}

function join(items) {
  if (!Array.isArray(items)) return String(items);
  const last = items.length - 1;
  return last < 1 ? items.join("") : `${items.slice(0, last).join(", ")} ${data.words.and} ${items[last]}`;
}

// Fill in what stands between braces, each in its form.
function fill(key, facts = {}) {
  return data.words[key].replace(/\{(\w+)(?::(\w+))?\}/g, (_, name, form = "") => format(facts[name], form));
}
