// The page at /playground: GraphiQL before this gateway's /graphql, subscriptions over its WebSocket.
(() => {
  const url = new URL("/graphql", location.href);
  const socket = new URL(url);
  socket.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  const fetcher = GraphiQL.createFetcher({ url: url.href, wsClient: graphqlWs.createClient({ url: socket.href }) });
  const defaultQuery = "query Jobs {\n  jobs(first: 10) {\n    nodes {\n      jobId\n      task\n      state\n      createdAt\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n";
  ReactDOM.createRoot(document.getElementById("graphiql")).render(React.createElement(GraphiQL, { fetcher, defaultQuery }));
})();
