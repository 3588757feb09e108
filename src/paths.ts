import { fileURLToPath } from "node:url";

/** `.ts` where Node runs the sources as they stand, `.js` in the package, which is the same tree compiled. */
const extension = import.meta.url.endsWith(".ts") ? ".ts" : ".js";

const root = new URL("../", import.meta.url);

/** The module that a worker thread starts with. */
export function threadEntry(name: "log" | "api" | "audit" | "memory" | "past" | "render" | "backup"): URL {
  return new URL(`./threads/${name}${extension}`, import.meta.url);
}

/** The module that a process of the service starts with. */
export const serviceEntry = fileURLToPath(new URL(`./main${extension}`, import.meta.url));

/** The boot environments that come with Ironledger. */
export const shippedTemplatesDirectory = fileURLToPath(new URL("templates", root));

/** Where `npm run build:agent` puts loaders and the agent. The package comes without: its users name a folder. */
export const builtAssetsDirectory = fileURLToPath(new URL("assets", root));

export const schemaFile = fileURLToPath(new URL("schema.graphql", root));

export const packageFile = fileURLToPath(new URL("package.json", root));

/** Packages whose files browsers load. A checkout has them in `node_modules`; the published package brings copies. */
const browserPackages = new URL(extension === ".ts" ? "node_modules/" : "pages/vendor/", root);

/** The page of GraphiQL and what it is made of. */
export const graphiqlFiles = {
  page: fileURLToPath(new URL("pages/graphiql/index.html", root)),
  pageScript: fileURLToPath(new URL("pages/graphiql/page.js", root)),
  pageStyle: fileURLToPath(new URL("pages/graphiql/page.css", root)),
  react: fileURLToPath(new URL("react/umd/react.production.min.js", browserPackages)),
  reactDom: fileURLToPath(new URL("react-dom/umd/react-dom.production.min.js", browserPackages)),
  editor: fileURLToPath(new URL("graphiql/graphiql.min.js", browserPackages)),
  editorStyle: fileURLToPath(new URL("graphiql/graphiql.min.css", browserPackages)),
};
