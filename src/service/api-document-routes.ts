import swagger from "@fastify/swagger";
import swaggerUi from "@fastify/swagger-ui";
import type { FastifyInstance } from "fastify";
import type { RouteGroup } from "../adapters/graphql/server.ts";

const prefix = "/docs";

/** Only what this listener serves is run, shown or asked. The viewer writes its styles into the page itself. */
const policy = {
  "default-src": "'none'",
  "script-src": "'self'",
  "style-src": ["'self'", "'unsafe-inline'"],
  "img-src": ["'self'", "data:"],
  "connect-src": "'self'",
  "base-uri": "'none'",
  "form-action": "'none'",
  "frame-ancestors": "'none'",
};

/**
 * The document of what machines speak, at `/openapi.json`, and a viewer of it at `/docs`. Neither takes a token: they
 * are the same at every site.
 */
export function apiDocumentRoutes(document: object): RouteGroup {
  const ownPaths = [
    "/",
    "/json",
    "/yaml",
    "/static/*",
    "/static/index.html",
    "/static/swagger-initializer.js",
  ];
  return {
    openPaths: ["/openapi.json", prefix, ...ownPaths.map((path) => prefix + path)],
    async register(app: FastifyInstance): Promise<void> {
      app.get("/openapi.json", async () => document);
      // A plugin of its own keeps the viewer's headers off all other answers.
      await app.register(async (viewer) => {
        // Its types know OpenAPI 3.0, and the viewer shows 3.1.
        const specification = { document } as swagger.StaticDocumentSpec;
        await viewer.register(swagger, { mode: "static", specification });
        await viewer.register(swaggerUi, {
          routePrefix: prefix,
          staticCSP: policy,
          // The routes are another listener's, and take tokens of machines: nothing is tried out from here.
          uiConfig: { supportedSubmitMethods: [], validatorUrl: null },
        });
      });
    },
  };
}
