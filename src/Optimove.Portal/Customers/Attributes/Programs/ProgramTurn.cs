using Npgsql;

namespace Optimove.Portal.Customers.Attributes.Programs;

/// <summary>The right to write customers by program until the transaction ends.</summary>
internal static class ProgramTurn
{
    /// <returns>False while a file is being loaded, whose table takes the place of the one that is there.</returns>
    public static async Task<bool> TakeAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var file = new NpgsqlCommand("select pg_try_advisory_xact_lock_shared(hashtext('customer import'), hashtext(current_schema()))", connection);
        if (await file.ExecuteScalarAsync(cancellation) is not true) return false;
        // Other calls would meet at rows in another order.
        await using var turn = new NpgsqlCommand("select pg_advisory_xact_lock(hashtext('customer attributes'), hashtext(current_schema()))", connection);
        await turn.ExecuteNonQueryAsync(cancellation);
        return true;
    }
}
