/** The candidate that is most like a word, and like it enough to be what was meant. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const longest = Math.max(1, Math.floor(word.length / 2));
  const [best] = candidates
    .map((candidate) => ({ candidate, distance: distanceOf(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ distance }) => distance <= longest)
    .sort((a, b) => a.distance - b.distance);
  return best?.candidate;
}

/** Letters to insert, delete or replace to make one word of the other (Levenshtein). */
function distanceOf(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (above[j - 1] ?? 0) + Number(a[i - 1] !== b[j - 1]);
      row.push(Math.min(replaced, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    above = row;
  }
  return above[b.length] ?? 0;
}
