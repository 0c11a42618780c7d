// A server that may be called sends on to addresses that may not.
// server: yes
// input: {"url":"SERVER/to-canary?","port":CANARY}
// expect: output []
async function attack(input) {
  const reached = [];
  for (const to of ['http://127.0.0.2:CANARY/', 'http://[::1]:CANARY/', 'http://localhost6:CANARY/', 'http://2130706434:CANARY/', 'http://0x7f000002:CANARY/', 'http://[::ffff:127.0.0.2]:CANARY/', '//127.0.0.2:CANARY/', 'file:///etc/passwd', 'ftp://127.0.0.1/', 'data:text/plain,x', 'gopher://127.0.0.2/', 'http://169.254.169.254/', 'http://127.0.0.1:22/', 'javascript:1', 'http://', '\\\\127.0.0.2:CANARY\\']) {
    try { const answer = await fetch(input.url + encodeURIComponent(to)); if (answer.status === 200) reached.push(to); } catch (e) { if (e.name !== 'NetworkError' && e.name !== 'TimeoutError') throw e; }
  }
  return reached;
}
