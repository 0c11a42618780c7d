async function main(input) {
  await new Promise(resolve => setTimeout(resolve, input.ms ?? 1));
  if (input.fails) throw new Error('it was told to');
  return { made: Math.random() };
}
