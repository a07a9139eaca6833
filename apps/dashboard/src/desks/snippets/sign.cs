using System.Globalization;
using System.Security.Cryptography;
using System.Text;

public static class HelpdeskIdentity
{
    const string Desk = "DESK_ID", KeyId = "KEY_ID";
    static readonly string[] Attributes = {
        "client_email", "client_external_id", "client_name", "client_plan", "client_url",
        "user_email", "user_external_id", "user_name", "user_phone" };

    /// <summary>Signs what the page says about its user, until expires (now plus 24 hours, in Unix seconds).</summary>
    public static string Sign(IReadOnlyDictionary<string, object?> identity, long expires)
    {
        var lines = new List<string> { "helpdesk-identity-v2", $"desk={Desk}", $"expires={expires}" };
        foreach (var name in Attributes)
        {
            var value = Convert.ToString(identity.GetValueOrDefault(name), CultureInfo.InvariantCulture) ?? "";
            if (value.IndexOfAny(new[] { '\0', '\r', '\n' }) >= 0)
                throw new ArgumentException($"{name} has a line break in it");
            if (value != "") lines.Add($"{name}={value}");
        }
        var secret = Environment.GetEnvironmentVariable("HELPDESK_SECRET") ?? throw new InvalidOperationException("HELPDESK_SECRET is not set");
        var digest = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        return $"v2.{KeyId}.{expires}.{Convert.ToHexString(digest).ToLowerInvariant()}";
    }
}
