import { z } from "zod";

/** Kinds of schema that hold no others, or whose parts are transformed and therefore their own affair. */
const leaves: readonly string[] = [
  "string",
  "number",
  "boolean",
  "null",
  "literal",
  "enum",
  "custom",
  "pipe",
];

/**
 * The same schema for reading: its objects, however deep, drop fields that nobody declared instead of
 * refusing them. Everything else is checked as before.
 *
 * @throws Error on a kind of schema that no event has used yet: decide here how it is loosened
 */
export function tolerant<Schema extends z.core.$ZodType>(schema: Schema): Schema {
  return loosened(schema) as Schema;
}

function loosened(schema: z.core.$ZodType): z.core.$ZodType {
  if (schema instanceof z.ZodObject) {
    const fields = Object.entries<z.core.$ZodType>(schema.shape);
    const shape = Object.fromEntries(fields.map(([name, field]) => [name, loosened(field)]));
    return schema.clone({ ...schema.def, shape, catchall: undefined });
  }
  if (schema instanceof z.ZodArray) {
    return schema.clone({ ...schema.def, element: loosened(schema.element) });
  }
  if (schema instanceof z.ZodNullable) {
    return schema.clone({ ...schema.def, innerType: loosened(schema.unwrap()) });
  }
  if (schema instanceof z.ZodRecord) {
    return schema.clone({ ...schema.def, valueType: loosened(schema.valueType) });
  }
  if (leaves.includes(schema._zod.def.type)) return schema;
  throw new Error(`how is a ${schema._zod.def.type} read tolerantly? Decide it in tolerant.ts`);
}
