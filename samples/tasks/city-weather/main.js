const GEOCODING = 'https://geocoding-api.open-meteo.com/v1/search';
const FORECAST = 'https://api.open-meteo.com/v1/forecast';

async function get(url) {
  const response = await fetch(url, { headers: { accept: 'application/json' } });
  if (response.status === 429) throw new RateLimitError('Open-Meteo asks to slow down');
  if (response.status >= 500) throw new ServiceUnavailableError(`Open-Meteo answered ${response.status}`);
  if (!response.ok) throw new HttpError(response.status, `Open-Meteo answered ${response.status} ${response.statusText}`);
  return response.body;
}

export default async function (input) {
  const found = await get(`${GEOCODING}?name=${encodeURIComponent(input.city)}&count=1&format=json`);
  const place = found.results?.[0];
  if (!place) throw new DataError(`no city is called "${input.city}"`);
  console.log(`${place.name} is at ${place.latitude}, ${place.longitude}`);

  const units = input.units ?? 'celsius';
  const { current } = await get(
    `${FORECAST}?latitude=${place.latitude}&longitude=${place.longitude}&current=temperature_2m,wind_speed_10m&temperature_unit=${units}`,
  );
  return { city: place.name, country: place.country, temperature: current.temperature_2m, units, windSpeed: current.wind_speed_10m };
}
