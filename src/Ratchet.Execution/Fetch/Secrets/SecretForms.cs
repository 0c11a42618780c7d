using System.Text;

namespace Ratchet.Execution.Fetch.Secrets;

/// <summary>What a secret is looked for as, in a text whose escapes were read some times.</summary>
internal static class SecretForms
{
    /// <summary>Shorter ones would be found where no secret is.</summary>
    private const int ShortestBytes = 6;
    private const int Group = 3;

    /// <param name="kinds">Of the escapes that were read in the text: a secret may have some in itself, and those were read as well.</param>
    /// <param name="times">How often at most.</param>
    public static List<byte[]> Of(string value, EscapeKinds kinds, int times)
    {
        var forms = new List<byte[]>();
        byte[] raw = Encoding.UTF8.GetBytes(value);
        AddWithForm(forms, raw);
        UnescapedText? read = UnescapedText.Of(raw, kinds);
        for (int i = 0; i < times && read is not null && read.Bytes.Length >= ShortestBytes; i++, read = read.Again(kinds)) AddWithForm(forms, read.Bytes.ToArray());
        AddBase64(forms, raw);
        return forms;
    }

    /// <summary>In a form's text a space is a plus.</summary>
    private static void AddWithForm(List<byte[]> forms, byte[] form)
    {
        forms.Add(form);
        if (form.Contains((byte)' ')) forms.Add(Array.ConvertAll(form, value => value == (byte)' ' ? (byte)'+' : value));
    }

    /// <summary>Within a longer value that is written in base64 it stands in one of three ways, of which all but the characters at its ends are its own.</summary>
    private static void AddBase64(List<byte[]> forms, byte[] raw)
    {
        for (int before = 0; before < Group; before++)
        {
            string text = Convert.ToBase64String([.. new byte[before], .. raw]);
            int first = before == 0 ? 0 : before + 1, last = (before + raw.Length) * 4 / Group;
            string own = text[first..last];
            forms.Add(Encoding.ASCII.GetBytes(own));
            string forUrls = own.Replace('+', '-').Replace('/', '_');
            if (forUrls != own) forms.Add(Encoding.ASCII.GetBytes(forUrls));
        }
    }
}
