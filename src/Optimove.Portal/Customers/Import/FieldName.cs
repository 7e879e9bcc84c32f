using System.Globalization;
using System.Text;

namespace Optimove.Portal.Customers.Import;

/// <summary>From a header as clients write it to the name of a field: "E-Mail Adresse" becomes e_mail_adresse.</summary>
public static class FieldName
{
    private const int MostCharacters = 59;

    /// <summary>Lower-case letters, digits and single underscores, a letter first, at most 59 characters; "field" when nothing is left.</summary>
    public static string From(string header)
    {
        var name = new StringBuilder();
        foreach (var c in header.Trim().Replace("ß", "ss", StringComparison.Ordinal).Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(c))
                name.Append(char.ToLowerInvariant(c));
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && name.Length > 0 && name[^1] != '_')
                name.Append('_');
        }
        var text = name.ToString().Trim('_');
        if (text.Length == 0)
            return "field";
        if (char.IsAsciiDigit(text[0]))
            text = "n" + text;
        return text[..Math.Min(text.Length, MostCharacters)].TrimEnd('_');
    }
}
