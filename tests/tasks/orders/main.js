const loadedAt = Date.now();

async function main({ url }) {
  const { body: ids } = await fetch(`${url}orders`);
  await new Promise(resolve => setTimeout(resolve, 5 + Math.random() * 10));
  const orders = await Promise.all(ids.map(id => fetch(`${url}orders/${id}`)));
  let sum = 0;
  for (const { body: order, url: address } of orders) {
    if (order.total === undefined) throw new DataError(`order ${address.at(-1)} has no total at ${Date.now()}, lot ${Math.random()}, ${Date.now() - loadedAt} ms after the start`);
    sum += order.total;
  }
  return { sum };
}
