async function main(input) {
  console.log("I have begun.");
  await fetch(input.url);
  return {};
}
