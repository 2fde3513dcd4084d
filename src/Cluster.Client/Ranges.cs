using System.Globalization;

namespace ProverCluster.Client;

/// <summary>Refuses a value that is out of its range, in one sentence: name, value, what is wanted.</summary>
internal static class Ranges
{
    private static readonly (TimeSpan Length, string Unit)[] Units =
        [(TimeSpan.FromDays(1), "d"), (TimeSpan.FromHours(1), "h"), (TimeSpan.FromMinutes(1), "m"), (TimeSpan.FromSeconds(1), "s")];

    public static TimeSpan Time(string name, TimeSpan value, TimeSpan least, TimeSpan most) =>
        value >= least && value <= most ? value : throw Refusal(name, Words(value), $"{Words(least)} to {Words(most)}");

    public static long Number(string name, long value, long least, long most, string unit = "") =>
        value >= least && value <= most ? value : throw Refusal(name, Grouped(value) + unit, $"{Grouped(least)} to {Grouped(most)}{unit}");

    public static T Choice<T>(string name, T value)
        where T : struct, Enum =>
        Enum.IsDefined(value) ? value : throw Refusal(name, value.ToString(), string.Join(", ", Enum.GetNames<T>()));

    public static ArgumentOutOfRangeException Refusal(string name, string value, string wanted) =>
        new(paramName: null, $"{name} is {value}, but {wanted} is wanted");

    /// <summary>As the cluster reads it too: a number and its unit.</summary>
    public static string Words(TimeSpan time)
    {
        foreach (var (length, unit) in Units)
        {
            if (time != TimeSpan.Zero && time.Ticks % length.Ticks == 0)
                return (time.Ticks / length.Ticks).ToString(CultureInfo.InvariantCulture) + unit;
        }

        return time.TotalMilliseconds.ToString("0.####", CultureInfo.InvariantCulture) + "ms";
    }

    private static string Grouped(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}
