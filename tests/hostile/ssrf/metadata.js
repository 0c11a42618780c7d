// The metadata services of clouds, and private networks.
// expect: output []
async function attack() {
  const reached = [];
  for (const url of ['http://169.254.169.254/latest/meta-data/', 'http://[fd00:ec2::254]/latest/', 'http://[::ffff:169.254.169.254]/', 'http://2852039166/', 'http://0xa9fea9fe/', 'http://100.100.100.200/', 'http://192.168.0.1/', 'http://10.0.0.1/', 'http://172.16.0.1/', 'http://100.64.0.1/', 'http://192.0.0.192/', 'http://198.18.0.1/', 'http://224.0.0.1/', 'http://255.255.255.255/', 'http://240.0.0.1/']) {
    try { await fetch(url, { headers: { Metadata: 'true', 'X-aws-ec2-metadata-token': 'x' } }); reached.push(url); } catch (e) { if (e.name !== 'NetworkError') throw e; }
  }
  return reached;
}
