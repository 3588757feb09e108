import {
  type ASTVisitor,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  GraphQLError,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type ValidationContext,
} from "graphql";
import { pageSizeMax, pageSizeUsual } from "./page.ts";

/** What one document may ask for. The same over HTTP and WebSocket. */
export const limits = {
  /** Of a request over HTTP, in bytes. */
  bodyBytes: 262_144,
  /** Of a message over WebSocket, in bytes. */
  messageBytes: 65_536,
  /** Lexical tokens in a document. */
  tokens: 2_000,
  /** Levels of fields, fragments spelled out. The usual introspection query has 13. */
  depth: 15,
  /** Fields, fragments spelled out, aliases counted each. */
  fields: 1_000,
  /** Fields under another name, fragments spelled out. */
  aliases: 50,
  /** Objects that the answer can hold when every page is full. */
  objects: 50_000,
} as const;

/** What a selection amounts to, fragments spelled out. */
interface Size {
  readonly depth: number;
  readonly fields: number;
  readonly aliases: number;
  readonly objects: number;
}

const nothing: Size = { depth: 0, fields: 0, aliases: 0, objects: 0 };

const endless: Size = { depth: Infinity, fields: Infinity, aliases: Infinity, objects: Infinity };

/**
 * A validation rule that refuses a document whose answer could be larger than `limits` allow.
 *
 * Each fragment is measured once, so fragments that double each other cost no more than they are long.
 */
export function sizeLimits(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition(operation) {
      const size = measure(operation, context);
      for (const name of ["depth", "fields", "aliases", "objects"] as const) {
        if (size[name] > limits[name]) context.reportError(tooLarge(name, size[name], operation));
      }
    },
  };
}

function tooLarge(name: keyof Size, value: number, operation: OperationDefinitionNode): GraphQLError {
  const asked = Number.isFinite(value) ? `asks for ${value}` : "goes in circles";
  return new GraphQLError(`the document may have ${limits[name]} ${name} at most, and ${asked}`, {
    nodes: [operation],
    extensions: { code: "DOCUMENT_TOO_LARGE" },
  });
}

function measure(operation: OperationDefinitionNode, context: ValidationContext): Size {
  const schema = context.getSchema();
  const fragments = new Map<string, Size | "open">();

  function ofFragment(fragment: FragmentDefinitionNode): Size {
    const name = fragment.name.value;
    const known = fragments.get(name);
    // Other rules refuse a circle of fragments; this one only must not walk it.
    if (known === "open") return endless;
    if (known) return known;
    fragments.set(name, "open");
    const type = compositeType(schema, fragment.typeCondition.name.value);
    const size = ofSelections(fragment.selectionSet.selections, type);
    fragments.set(name, size);
    return size;
  }

  function ofSelection(selection: SelectionNode, parent: GraphQLCompositeType | undefined): Size {
    switch (selection.kind) {
      case Kind.FIELD:
        return ofField(selection, parent);
      case Kind.INLINE_FRAGMENT: {
        const condition = selection.typeCondition?.name.value;
        const type = condition === undefined ? parent : compositeType(schema, condition);
        return ofSelections(selection.selectionSet.selections, type);
      }
      case Kind.FRAGMENT_SPREAD: {
        const fragment = context.getFragment(selection.name.value);
        return fragment ? ofFragment(fragment) : nothing;
      }
    }
  }

  function ofField(field: FieldNode, parent: GraphQLCompositeType | undefined): Size {
    const definition = parent && "getFields" in parent ? parent.getFields()[field.name.value] : undefined;
    const type = definition && getNamedType(definition.type);
    const inner = field.selectionSet
      ? ofSelections(field.selectionSet.selections, isCompositeType(type) ? type : undefined)
      : nothing;
    const times = definition ? elementsOf(field, definition) : 1;
    const objects = field.selectionSet ? times * (1 + inner.objects) : 0;
    const aliases = inner.aliases + (field.alias ? 1 : 0);
    return { depth: inner.depth + 1, fields: inner.fields + 1, aliases, objects };
  }

  function ofSelections(selections: readonly SelectionNode[], parent: GraphQLCompositeType | undefined) {
    return selections
      .map((selection) => ofSelection(selection, parent))
      .reduce(
        (sum, size) => ({
          depth: Math.max(sum.depth, size.depth),
          fields: sum.fields + size.fields,
          aliases: sum.aliases + size.aliases,
          objects: sum.objects + size.objects,
        }),
        nothing,
      );
  }

  return ofSelections(
    operation.selectionSet.selections,
    schema.getRootType(operation.operation) ?? undefined,
  );
}

/**
 * How many elements a field can bring: 1 when it is no connection. A document is validated once for all its
 * variables, so a size that comes in a variable counts as the largest.
 */
function elementsOf(field: FieldNode, { args, type }: GraphQLField<unknown, unknown>): number {
  const sizes = args.filter(({ name }) => name === "first" || name === "last");
  if (sizes.length === 0) return 1;
  const most = pageSizeMax(getNamedType(type).name);
  const given = field.arguments?.filter(({ name }) => sizes.some((size) => size.name === name.value)) ?? [];
  if (given.length === 0) return pageSizeUsual;
  const asked = given.map(({ value }) => (value.kind === Kind.INT ? Number(value.value) : most));
  return Math.min(Math.max(0, ...asked), most);
}

function compositeType(schema: GraphQLSchema, name: string): GraphQLCompositeType | undefined {
  const type = schema.getType(name);
  return isCompositeType(type) ? type : undefined;
}
