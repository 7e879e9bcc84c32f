using System.Security.Cryptography;

namespace Optimove.Portal.Ui.States;

/// <summary>A short name for one failure, on screen and in the log: "7F3A-20C1".</summary>
public static class Reference
{
    public static string New() => $"{RandomNumberGenerator.GetHexString(4)}-{RandomNumberGenerator.GetHexString(4)}";
}
