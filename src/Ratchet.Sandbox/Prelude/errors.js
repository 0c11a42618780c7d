// The classes that a task throws to say what kind of failure it was; retry policy reads their names.
const errorClass = (name, members) => {
  const made = {
    [name]: class extends Error {
      constructor(message, options) {
        super(message, options);
        assignOptions(this, options);
      }
    },
  }[name];
  defineProperty(made.prototype, 'name', { value: name, writable: true, enumerable: false, configurable: true });
  define(name, made);
  return made;
};

const assignOptions = (error, options) => {
  if (options === null || typeof options !== 'object') return;
  if (options.retryAfter !== undefined) error.retryAfter = options.retryAfter;
};

const NetworkError = errorClass('NetworkError');
const TimeoutError = errorClass('TimeoutError');
const ConfigurationError = errorClass('ConfigurationError');
const FetchLimitError = errorClass('FetchLimitError');
for (const name of ['AuthenticationError', 'AuthorizationError', 'ValidationError', 'RateLimitError', 'ServiceUnavailableError', 'DataError']) errorClass(name);

// HttpError alone takes the status first: new HttpError(503, 'upstream is down').
define('HttpError', class HttpError extends Error {
  constructor(status, message, options) {
    super(message, options);
    this.status = status;
    assignOptions(this, options);
  }
});
defineProperty(globalThis.HttpError.prototype, 'name', { value: 'HttpError', writable: true, enumerable: false, configurable: true });

const nameOfError = error => {
  const name = attempt(() => error.name, undefined);
  if (typeof name === 'string' && name !== '' && name !== 'Error') return name;
  const own = attempt(() => error.constructor.name, undefined);
  return typeof own === 'string' && own !== '' && own !== 'Object' ? own : 'Error';
};

// What the host is told of something thrown: [name, message, stack, details as JSON].
const describe = thrown => {
  const errorLike = isError(thrown)
    || (typeof thrown === 'object' && thrown !== null && attempt(() => typeof thrown.message === 'string' && typeof thrown.name === 'string', false));
  if (!errorLike) return ['Error', `The task threw a value that is not an Error: ${inspect(thrown)}`, undefined, undefined];
  const message = attempt(() => `${thrown.message}`, '');
  const stack = attempt(() => thrown.stack, undefined);
  const details = create(null);
  for (const key of ['status', 'retryAfter']) {
    const value = attempt(() => thrown[key], undefined);
    if (typeof value === 'number' || typeof value === 'string') details[key] = value;
  }
  const cause = attempt(() => thrown.cause, undefined);
  if (cause !== undefined) details.cause = isError(cause) ? `${nameOfError(cause)}: ${attempt(() => `${cause.message}`, '')}` : inspect(cause);
  return [nameOfError(thrown), message, typeof stack === 'string' ? stack : undefined, keys(details).length === 0 ? undefined : stringify(details)];
};
