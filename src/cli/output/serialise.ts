/** What a terminal would act on and JSON leaves as it is: C1 controls, separators, direction marks, invisible text. */
const active = /[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\udb40[\udc00-\udc7f]/g;

/** Control characters but for the end of a line, which YAML's blocks would show as they are. */
const control = /[^\P{Cc}\n]/u;

/** JSON that may be shown to a terminal: what it would act on is escaped, and means the same. */
export function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(active, escaped);
}

/** YAML that may be shown to a terminal: text with anything in it that is not plain stands in quotes, escaped. */
export async function yamlText(value: unknown): Promise<string> {
  const { Document, isScalar, visit } = await import("yaml");
  const document = new Document(value);
  visit(document, {
    Scalar(_key, node) {
      if (!isScalar(node) || typeof node.value !== "string") return;
      if (control.test(node.value) || node.value.search(active) >= 0) node.type = "QUOTE_DOUBLE";
    },
  });
  return document.toString({ lineWidth: 0 }).replace(active, escaped);
}

/** `\u202e`, and two of them for what UTF-16 has in two parts. */
function escaped(text: string): string {
  return text
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}
