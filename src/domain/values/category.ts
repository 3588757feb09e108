/** A stream's category: the part of its name before the first dash, or all of it (`machine`, `address`, `network`). */
export function categoryOf(stream: string): string {
  const dash = stream.indexOf("-");
  return dash === -1 ? stream : stream.slice(0, dash);
}
