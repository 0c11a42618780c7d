// DOMException (Web IDL standard, 2.8.1): errors of the platform that are told apart by name.
const legacyCodes = { InvalidCharacterError: 5, NotSupportedError: 9, InvalidStateError: 11, SyntaxError: 12, TypeMismatchError: 17, NetworkError: 19, AbortError: 20, QuotaExceededError: 22, TimeoutError: 23, DataCloneError: 25 };

class DOMException extends Error {
  constructor(message = '', options = 'Error') {
    const named = isObject(options);
    super(`${message}`, named && options.cause !== undefined ? { cause: options.cause } : undefined);
    defineProperty(this, 'name', { value: `${(named ? options.name : options) ?? 'Error'}`, writable: true, enumerable: false, configurable: true });
  }

  get code() { return has(legacyCodes, this.name) ? legacyCodes[this.name] : 0; }
}
define('DOMException', DOMException);
