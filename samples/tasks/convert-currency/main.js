function main(input) {
  if (input.from === input.to) throw new ValidationError('both currencies are the same');

  const response = fetch(`https://api.frankfurter.dev/v1/latest?base=${input.from}&symbols=${input.to}`);
  if (response.status === 404) throw new DataError(`there is no rate from ${input.from} to ${input.to}`);
  if (!response.ok) throw new HttpError(response.status, `Frankfurter answered ${response.status}`);

  const { date, rates } = response.json();
  const rate = rates[input.to];
  return { amount: Math.round(input.amount * rate * 100) / 100, currency: input.to, rate, date };
}

main;
