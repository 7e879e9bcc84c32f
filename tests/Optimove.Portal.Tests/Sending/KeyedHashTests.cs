using System.Security.Cryptography;
using Optimove.Portal.Sending;

namespace Optimove.Portal.Tests.Sending;

public sealed class KeyedHashTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void It_is_the_standard_HMAC_for_keys_and_texts_of_any_length(bool portable)
    {
        var dice = new Random(20261122);
        foreach (var keyLength in new[] { 0, 1, 32, 63, 64, 65, 200 })
        {
            var key = Bytes(dice, keyLength);
            var hash = new KeyedHash(key, portable);
            for (var length = 0; length < 300; length++)
            {
                var text = Bytes(dice, length);
                var got = new byte[32];
                hash.Hash(text, got);
                Assert.Equal(HMACSHA256.HashData(key, text), got);
            }
        }
    }

    private static byte[] Bytes(Random dice, int length)
    {
        var bytes = new byte[length];
        dice.NextBytes(bytes);
        return bytes;
    }
}
