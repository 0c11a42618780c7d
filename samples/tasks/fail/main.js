module.exports = {
  main(input) {
    throw new globalThis[input.error](input.message ?? 'on purpose');
  },
};
