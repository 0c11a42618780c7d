function main(input) {
  if (input.fail) throw new NetworkError('the other side is down');
  return { ok: true };
}
