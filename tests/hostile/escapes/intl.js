// Locales, time zones and calendars that do not exist, and very long ones.
// expect: output true
function attack() {
  const odd = ['xx-invalid-locale-that-is-far-too-long-to-be-one', '../../etc/passwd', 'en-u-' + 'ca-gregory-'.repeat(1e4), '\0', 'i-klingon', 'de-DE-u-co-phonebk'];
  for (const locale of odd) for (const f of [() => new Intl.DateTimeFormat(locale, { timeZone: locale }).format(8.64e15), () => (1e21).toLocaleString(locale), () => 'x'.localeCompare('y', locale), () => new Intl.Collator(locale).compare('a', 'b'), () => new Date(NaN).toLocaleString(locale), () => 'i'.toLocaleUpperCase(locale), () => new Intl.DisplayNames(locale, { type: 'region' }).of('../..')]) {
    try { f(); } catch (e) { if (!(e instanceof RangeError) && !(e instanceof TypeError)) throw e; }
  }
  return Intl.DateTimeFormat().resolvedOptions().timeZone === 'UTC' && new Date(8.64e15 + 1).getTime() !== new Date(8.64e15 + 1).getTime();
}
