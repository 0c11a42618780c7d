function main(input) {
  const end = Date.now() + input.ms;
  let turns = 0;
  while (Date.now() < end) turns++;
  return { n: input.n };
}
