// The page at /playground: GraphiQL before this gateway's /graphql, subscriptions over its WebSocket.
import { createElement } from "react";
import { createRoot } from "react-dom/client";
import { createClient } from "graphql-ws";
import { GraphiQL } from "graphiql";
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import "graphiql/graphiql.css";
import "./playground.css";

const url = new URL("/graphql", location.href);
const socket = new URL(url);
socket.protocol = location.protocol === "https:" ? "wss:" : "ws:";
const fetcher = createGraphiQLFetcher({ url: url.href, wsClient: createClient({ url: socket.href }) });
const defaultQuery = "query Jobs {\n  jobs(first: 10) {\n    nodes {\n      jobId\n      task\n      state\n      createdAt\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}\n";
createRoot(document.getElementById("graphiql")).render(createElement(GraphiQL, { fetcher, defaultQuery }));
