// Two questions about trade-offs that follow from the points, and whether an answer fits them.

const NEAR = 10; // points within which either answer fits
const EQUAL = 20; // points within which "about the same" fits

// Returns [{a, b, first, second}]: values in points, and the lenses on either side.
export function questions(points, biggest) {
  const others = points
    .map((point, place) => ({ point, place }))
    .filter(({ place }) => place !== biggest)
    .sort((one, other) => other.point - one.point);
  const found = [];
  if (others.length >= 1) {
    const [most] = others;
    found.push({ kind: "half", a: 50, b: most.point, first: [biggest], second: [most.place] });
  }
  if (others.length >= 2) {
    const [most, next] = others;
    const pair = [most.place, next.place];
    found.push({ kind: "pair", a: 100, b: most.point + next.point, first: [biggest], second: pair });
  }
  return found;
}

export function fits(question, answer) {
  const ahead = question.a - question.b;
  if (answer === "a") return ahead >= -NEAR;
  if (answer === "b") return ahead <= NEAR;
  return Math.abs(ahead) <= EQUAL;
}

// What is reported per answered question: "agree", "adjusted" or "kept".
export function verdicts(asked, answers, adjusted) {
  return asked.flatMap((question, at) => {
    if (answers[at] === null) return [];
    if (!fits(question, answers[at])) return ["kept"];
    return [adjusted[at] ? "adjusted" : "agree"];
  });
}
