/* global document, GraphiQL, location, React, ReactDOM, sessionStorage */

/** Kept for this tab alone, and never in a URL. */
const tokenKey = "ironledger-token";

const form = document.getElementById("login");
const container = document.getElementById("graphiql");
const forget = document.getElementById("forget");

/** Queries and mutations go over HTTP, subscriptions over graphql-transport-ws, all to this listener. */
function open(token) {
  const authorization = `Bearer ${token}`;
  const fetcher = GraphiQL.createFetcher({
    url: "/graphql",
    headers: { authorization },
    subscriptionUrl: `${location.origin.replace("http", "ws")}/graphql`,
    wsConnectionParams: { authorization },
  });
  form.hidden = true;
  container.hidden = false;
  forget.hidden = false;
  const element = React.createElement(GraphiQL, { fetcher, isHeadersEditorEnabled: false });
  ReactDOM.createRoot(container).render(element);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const token = document.getElementById("token").value.trim();
  sessionStorage.setItem(tokenKey, token);
  open(token);
});

forget.addEventListener("click", () => {
  sessionStorage.removeItem(tokenKey);
  location.reload();
});

const kept = sessionStorage.getItem(tokenKey);
if (kept) open(kept);
