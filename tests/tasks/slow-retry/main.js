function main(input, context) {
  if (context.attempt === 1) throw new NetworkError('not yet');
  return { attempt: context.attempt };
}
