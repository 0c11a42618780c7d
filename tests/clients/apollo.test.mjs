// @apollo/client: its cache joins the pages of a connection, and knows an object by its global id from wherever it came.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ApolloClient, HttpLink, InMemoryCache, gql } from "@apollo/client";
import { relayStylePagination } from "@apollo/client/utilities";
import { query, sharedServer, submit } from "./server.mjs";

const server = sharedServer();

test("pages are joined, and a job read by itself is the job of the list", async () => {
  for (let i = 0; i < 5; i++) await submit(server, "apollo");
  const client = new ApolloClient({
    link: new HttpLink({ uri: `${server.url}/graphql` }),
    cache: new InMemoryCache({ possibleTypes: { Node: ["Job"] }, typePolicies: { Query: { fields: { jobs: relayStylePagination(["filter"]) } } } })
  });
  const page = gql`query Page($after: String) { jobs(first: 2, after: $after, filter: { queue: { eq: "apollo" } }) { edges { cursor node { id jobId task } } pageInfo { hasNextPage endCursor startCursor hasPreviousPage } } }`;
  let after;
  for (let i = 0; i < 3; i++) {
    const { data } = await client.query({ query: page, variables: { after }, fetchPolicy: "network-only" });
    after = data.jobs.pageInfo.endCursor;
  }
  const all = client.readQuery({ query: page }).jobs.edges.map((edge) => edge.node.jobId);
  assert.equal(new Set(all).size, 5);
  const { data } = await client.query({ query: gql`query One($id: ID!) { job(id: $id) { id state } }`, variables: { id: all[0] } });
  assert.equal(client.readFragment({ id: `Job:${data.job.id}`, fragment: gql`fragment F on Job { task }` }).task, "addition");
  assert.equal((await query(server, "{ jobs(filter: { queue: { eq: \"apollo\" } }) { totalCount } }")).jobs.totalCount, 5);
});
