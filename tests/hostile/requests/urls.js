// URLs that are none, have names and passwords, or other schemes.
// expect: output "refused"
async function attack() {
  for (const url of ['', ' ', 'nothing', '//host', 'http://', 'http:///', 'http://\0/', 'http://a b/', 'file:///etc/passwd', 'data:text/plain,x', 'ftp://127.0.0.1/', 'gopher://127.0.0.1:70/_x', 'javascript:1', 'blob:null/x', 'ws://127.0.0.1/', 'unix:/run/x.sock', 'http+unix://x', 'http://[', 'http://[::1', 'http://127.0.0.1:99999/', 'http://127.0.0.1:-1/', '\u0000http://x/', {}, [], null, 1]) {
    try { await fetch(url); return String(url); } catch (e) { if (!(e instanceof NetworkError) && !(e instanceof TypeError)) throw e; }
  }
  return 'refused';
}
