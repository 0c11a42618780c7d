function main(input) {
  const errors = { NetworkError, DataError, TypeError };
  throw new errors[input.error](input.message);
}
