import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { FastifyInstance } from "fastify";

/** Where each file of the page is. The editor's own come from its packages, or from copies of them. */
export interface GraphiqlFiles {
  readonly page: string;
  readonly pageScript: string;
  readonly pageStyle: string;
  readonly react: string;
  readonly reactDom: string;
  readonly editor: string;
  readonly editorStyle: string;
}

/**
 * Only what this listener serves is run, shown or asked. The editor writes its styles into the page itself, so
 * styles may be inline; scripts may not.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const script = "text/javascript; charset=utf-8";
const style = "text/css; charset=utf-8";

/** What is served under each path. */
const assets: Readonly<Record<string, { readonly file: keyof GraphiqlFiles; readonly type: string }>> = {
  "/graphiql": { file: "page", type: "text/html; charset=utf-8" },
  "/graphiql/page.js": { file: "pageScript", type: script },
  "/graphiql/page.css": { file: "pageStyle", type: style },
  "/graphiql/react.js": { file: "react", type: script },
  "/graphiql/react-dom.js": { file: "reactDom", type: script },
  "/graphiql/graphiql.js": { file: "editor", type: script },
  "/graphiql/graphiql.css": { file: "editorStyle", type: style },
};

/**
 * GraphiQL, from our own files. The page takes no token, because it holds nothing; what it asks of the API does.
 */
export function graphiqlRoutes(files: GraphiqlFiles) {
  return {
    openPaths: Object.keys(assets),
    async register(app: FastifyInstance): Promise<void> {
      for (const [path, { file, type }] of Object.entries(assets)) {
        const content = await readFile(files[file]);
        const etag = `"${createHash("sha256").update(content).digest("base64url")}"`;
        app.get(path, async (request, reply) => {
          reply.headers({
            etag,
            "cache-control": "no-cache",
            "content-security-policy": policy,
          });
          if (request.headers["if-none-match"] === etag) return reply.code(304).send();
          return reply.type(type).send(content);
        });
      }
    },
  };
}
