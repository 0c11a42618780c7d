// Names of modules and globals of other hosts.
// codeGeneration: true
// expect: output []
function attack() { return ['process', 'require', 'Deno', 'Bun', 'global', 'window', 'self', 'WScript', 'importNamespace', 'System', 'host', 'clr', 'ActiveXObject', 'XMLHttpRequest', 'Worker', 'd8', 'load', 'read', 'print', 'quit', '__dirname'].filter(name => { try { return Function(`return typeof ${name}`)() !== 'undefined'; } catch { return true; } }); }
