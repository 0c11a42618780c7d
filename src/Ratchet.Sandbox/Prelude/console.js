// console: formatted here, capped and stamped by the host.
const MESSAGE_CHARACTERS = 16_384;
const DEBUG = 0, INFO = 1, WARN = 2, ERROR = 3;

const shown = value => typeof value === 'string' ? value : inspect(value);

const number = (value, whole) => {
  if (typeof value === 'bigint') return `${bigIntText(value)}n`;
  if (typeof value === 'symbol' || isObject(value)) return 'NaN';
  const parsed = +value;
  return `${whole && isFiniteNumber(parsed) ? (parsed < 0 ? -floor(-parsed) : floor(parsed)) : parsed}`;
};

const directive = (letter, value) => {
  switch (letter) {
    case 's': return typeof value === 'string' ? value : inspect(value);
    case 'd': return number(value, false);
    case 'i': return number(value, true);
    case 'f': return number(value, false);
    case 'j': return attempt(() => `${stringify(value)}`, '[Circular]');
    case 'c': return '';
    default: return inspect(value);
  }
};

const format = args => {
  let text = '', next = 0;
  if (typeof args[0] === 'string' && args.length > 1) {
    const pattern = args[0];
    next = 1;
    for (let i = 0; i < pattern.length; i++) {
      const letter = pattern[i + 1];
      if (pattern[i] !== '%' || letter === undefined) text += pattern[i];
      else if (letter === '%') { text += '%'; i++; }
      else if (next < args.length && indexOf('sdifjoOc', letter) >= 0) { text += directive(letter, args[next++]); i++; }
      else text += '%';
    }
  } else if (args.length > 0) { text = shown(args[0]); next = 1; }
  for (; next < args.length; next++) text += ` ${shown(args[next])}`;
  return text.length > MESSAGE_CHARACTERS ? `${slice(text, 0, MESSAGE_CHARACTERS)}... ${text.length - MESSAGE_CHARACTERS} more characters` : text;
};

const logAt = level => (...args) => {
  const text = format(args);
  here();
  host.log(level, text);
};
define('console', {
  log: logAt(INFO), info: logAt(INFO), warn: logAt(WARN), error: logAt(ERROR), debug: logAt(DEBUG), trace: logAt(DEBUG),
});
