function main() {
  const hold = [];
  while (true) hold.push(new Array(1e8).fill(7));
}
