// Nothing from elsewhere: no fonts, no proxy, no reports.
Scalar.createApiReference('#app', {
  url: '/openapi/v1.json',
  telemetry: false,
  withDefaultFonts: false,
  hideClientButton: true,
  showDeveloperTools: 'never',
  agent: { disabled: true },
  mcp: { disabled: true },
});
