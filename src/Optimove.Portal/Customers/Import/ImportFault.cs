namespace Optimove.Portal.Customers.Import;

/// <summary>Why a row of a file was not loaded.</summary>
public enum ImportFault
{
    None,
    UnclosedQuote,
    TextAfterQuote,
    RowTooLong,
    TooFewFields,
    TooManyFields,
    InvalidUtf8,
    ContainsNul,
    Missing,
    TextTooLong,
    NotWholeNumber,
    WholeNumberRange,
    NotDecimal,
    DecimalSeparator,
    DecimalPlaces,
    DecimalRange,
    NotBoolean,
    NotDate,
    DayFirstDate,
    NoSuchDate,
    NotTimestamp,
    NoSuchTime,
    UnknownChannel,
    DuplicateKey,
    ContradictsOptOut,
}

/// <summary>The sentence for each fault.</summary>
public static class ImportFaults
{
    public static string Sentence(this ImportFault fault, int? length = null) => fault switch
    {
        ImportFault.UnclosedQuote => "A quote is opened and never closed.",
        ImportFault.TextAfterQuote => "There is text after a closing quote. Write a quote inside a quoted field twice.",
        ImportFault.RowTooLong => "The row is longer than 1 MB. A quote before it may not be closed.",
        ImportFault.TooFewFields => "The row has fewer fields than the header.",
        ImportFault.TooManyFields => "The row has more fields than the header.",
        ImportFault.InvalidUtf8 => "The text is not valid UTF-8.",
        ImportFault.ContainsNul => "The text contains a NUL character.",
        ImportFault.Missing => "The value is missing, and the row is of no use without it.",
        ImportFault.TextTooLong => $"The text is longer than {length} characters.",
        ImportFault.NotWholeNumber => "The value is not a whole number, like 42.",
        ImportFault.WholeNumberRange => "The whole number is outside -2,147,483,648 to 2,147,483,647.",
        ImportFault.NotDecimal => "The value is not a number, like 1234.50.",
        ImportFault.DecimalSeparator => "Write numbers with a point and without thousands separators, like 1234.50.",
        ImportFault.DecimalPlaces => "The number has more than 4 digits after the point.",
        ImportFault.DecimalRange => "The number has more than 15 digits before the point.",
        ImportFault.NotBoolean => "The value is not yes or no. Write true or false, yes or no, 1 or 0.",
        ImportFault.NotDate => "The value is not a date. Write dates as yyyy-MM-dd, like 2026-03-31.",
        ImportFault.DayFirstDate => "Dates with slashes or the day first can be read two ways. Write them as yyyy-MM-dd, like 2026-03-31.",
        ImportFault.NoSuchDate => "There is no such day in the calendar.",
        ImportFault.NotTimestamp => "The value is not a time. Write times as 2026-03-31T14:30:00Z or with an offset.",
        ImportFault.NoSuchTime => "There is no such time of day or offset.",
        ImportFault.UnknownChannel => "The channel must be email, push or sms.",
        ImportFault.DuplicateKey => "The same key is on an earlier line, which was kept.",
        ImportFault.ContradictsOptOut => "Another line has the same customer and channel. An opt-out wins, then the first line.",
        _ => "",
    };
}
