async function main(input) {
  await new Promise(resolve => setTimeout(resolve, input.ms));
  return { n: input.n };
}
