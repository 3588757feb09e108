/** Acts on every item, on so many at a time. Answers in the order of the items. What one throws ends the whole. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  atATime: number,
  act: (item: Item, index: number) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const waiting = items.entries();
  let failed = false;
  async function work(): Promise<void> {
    for (const [index, item] of waiting) {
      if (failed) return;
      try {
        results[index] = await act(item, index);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(atATime, items.length) }, work));
  return results;
}
