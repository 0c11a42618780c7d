function main(input, context) {
  if (context.attempt < input.succeedOnAttempt) {
    console.warn(`attempt ${context.attempt} of ${input.succeedOnAttempt} fails on purpose`);
    throw new NetworkError(`attempt ${context.attempt} fails on purpose`);
  }
  return { attempt: context.attempt, message: `attempt ${context.attempt} succeeded` };
}
