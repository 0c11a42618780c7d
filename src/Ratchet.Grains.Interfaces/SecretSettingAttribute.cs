namespace Ratchet;

/// <summary>The value is a secret, or holds one: it is never shown, and may come from a file (<c>..._FILE</c>).</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretSettingAttribute : Attribute;
