// Where the server under test is. run.sh starts one.
export const server = process.env.RATCHET_URL ?? 'http://127.0.0.1:8080';

export async function call(path, options = {}) {
  const answer = await fetch(`${server}/api/v1/${path}`, options);
  return { status: answer.status, headers: answer.headers, body: answer.status === 204 ? null : await answer.json() };
}
