// The time, which the host can note and give again.
const presentTime = () => { here(); return host.time(); };
const SafeDate = Date;
const dateToString = uncurry(Date.prototype.toString);

const TracedDate = {
  Date: function (...given) {
    if (new.target === undefined) return dateToString(new SafeDate(presentTime()));
    return construct(SafeDate, given.length === 0 ? [presentTime()] : given, new.target);
  },
}.Date;
for (const key of ['parse', 'UTC']) defineProperty(TracedDate, key, getOwnPropertyDescriptor(SafeDate, key));
defineProperty(TracedDate, 'now', { value: { now: () => presentTime() }.now, writable: true, enumerable: false, configurable: true });
defineProperty(TracedDate, 'length', { value: 7, writable: false, enumerable: false, configurable: true });
defineProperty(TracedDate, 'prototype', { value: SafeDate.prototype, writable: false, enumerable: false, configurable: false });
defineProperty(SafeDate.prototype, 'constructor', { value: TracedDate, writable: true, enumerable: false, configurable: true });
define('Date', TracedDate);

// Without a date, these format the present one.
const formats = Intl.DateTimeFormat.prototype;
const formatOf = uncurry(getOwnPropertyDescriptor(formats, 'format').get);
const formatToParts = uncurry(formats.formatToParts);
const dateOrNow = date => date === undefined ? presentTime() : date;
defineProperty(formats, 'format', {
  get() {
    const format = formatOf(this);
    return date => format(dateOrNow(date));
  },
  enumerable: false,
  configurable: true,
});
defineProperty(formats, 'formatToParts', {
  value: { formatToParts(date) { return formatToParts(this, dateOrNow(date)); } }.formatToParts, writable: true, enumerable: false, configurable: true,
});

define('performance', { now: () => { here(); return host.clock(); } });
