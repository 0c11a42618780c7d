// All chance that a task asks for comes from here.
// `count` bytes, up to 65,536, as text with a code unit a byte.
const randomBytes = count => host.random(count);
