// Talks before and after it asks the given address: a test says when it goes on.
async function main(input, context) {
  console.log(`begun ${context.attempt}`);
  for (let i = 0; i < (input.flood ?? 0); i++) console.warn(`${i} ${'x'.repeat(100)}`);
  if (input.url) await fetch(input.url);
  console.error(`asked ${context.attempt}`);
  if (context.attempt <= (input.failures ?? 0)) throw new NetworkError('on purpose');
  const kept = [];
  // In large pieces: a heap that fills by crumbs is collected ever more often, and may end at its timeout instead.
  while (input.bomb) kept.push(new Array(50000).fill(kept.length));
  return {};
}
