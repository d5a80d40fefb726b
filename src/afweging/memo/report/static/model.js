// The additive model as the program computes it: the same sums in the same order.

const TOLERANCE = 1e-9; // scores that differ by less are equal
const NOTHING = 1e-12; // differences in value and weights up to this are none

function orderedSum(terms) {
  let total = 0;
  for (const term of Float64Array.from(terms).sort()) total += term;
  return total;
}

const scoresOf = (values, weights) => values.map((row) => orderedSum(row.map((value, k) => value * weights[k])));

// Put one lens at another weight, the others in proportion; what has no weight shares equally.
function reweighted(weights, lens, weight) {
  const others = weights.filter((_, k) => k !== lens);
  const total = orderedSum(others);
  const shares = others.map((each) => (total > 0 ? each / total : 1 / others.length));
  const moved = shares.map((share) => share * (1 - weight));
  return [...moved.slice(0, lens), weight, ...moved.slice(lens)];
}

const ranksOf = (scores) => scores.map((own) => 1 + scores.filter((other) => other > own + TOLERANCE).length);

function leadersOf(scores) {
  const most = Math.max(...scores);
  return scores.flatMap((score, k) => (score >= most - TOLERANCE ? [k] : []));
}

// How far each is behind the best of the others, not below nothing.
function regretOf(scores) {
  const [first, second = -Infinity] = Float64Array.from(scores).sort().reverse();
  return scores.map((score) => Math.max((score === first ? second : first) - score, 0));
}

// What is left of the weights when those that gain least go first, until enough is gained.
function takeWeight(gain, weights, wanted) {
  const kept = [...weights];
  const top = Math.max(...gain);
  let missing = wanted;
  for (const level of [...new Set(gain)].sort((a, b) => a - b)) {
    const here = gain.flatMap((each, k) =>
      Math.abs(each - level) <= NOTHING && each < top - NOTHING && kept[k] > 0 ? [k] : [],
    );
    const mass = orderedSum(here.map((k) => kept[k]));
    if (mass * (top - level) >= missing) {
      for (const k of here) kept[k] *= 1 - missing / (top - level) / mass;
      return kept;
    }
    for (const k of here) kept[k] = 0;
    missing -= mass * (top - level);
  }
  return kept;
}

// The least share of all weight that must move for a gain that is not negative; null for never.
function leastMoved(gain, weights) {
  const missing = 0 - orderedSum(gain.map((each, k) => each * weights[k]));
  if (missing <= NOTHING) return 0;
  if (Math.max(...gain) < -NOTHING) return null;
  const kept = takeWeight(gain, weights, missing);
  return orderedSum(weights.map((weight, k) => weight - kept[k]));
}

// The option that catches up with the first for the least weight moved; null where none can.
function nearestFlip(values, weights, leader) {
  let found = null;
  values.forEach((row, k) => {
    if (k === leader) return;
    const moved = leastMoved(row.map((value, l) => value - values[leader][l]), weights);
    const shown = moved === null ? Infinity : Number(moved.toFixed(6));
    if (moved !== null && (!found || shown < found.shown)) found = { challenger: k, moved, shown };
  });
  return found;
}

// All that follows from weights, for the values of one choice of cases.
function outcomeOf(weights, values) {
  const scores = scoresOf(values, weights);
  const first = leadersOf(scores);
  const by_scenario = data.model.by_scenario.map((each) => scoresOf(each, weights));
  const regret = by_scenario.map(regretOf);
  const most = scores.map((_, k) => Math.max(...regret.map((row) => row[k])));
  const least = Math.min(...most);
  return {
    scores,
    ranks: ranksOf(scores),
    first,
    flip: first.length > 1 || scores.length === 1 ? null : nearestFlip(values, weights, first[0]),
    winners: by_scenario.map(leadersOf),
    by_scenario,
    regret,
    most,
    where: most.map((each, k) => regret.flatMap((row, g) => (row[k] >= each - TOLERANCE ? [g] : []))),
    least: most.flatMap((each, k) => (each <= least + TOLERANCE ? [k] : [])),
  };
}
