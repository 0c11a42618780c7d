// The parts of web.bundle.js that main.js mentions. `web` stays null for a task that mentions none.
let web = null;

const useWeb = (create, names) => {
  web = create({ latin, DOMException, setTimeout: globalThis.setTimeout, random: count => randomBytes(count), report: error => fail(here(), error) });
  const wanted = split(names, ',');
  for (let i = 0; i < wanted.length; i++) define(wanted[i], web.make(wanted[i]));
};
