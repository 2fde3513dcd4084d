namespace ProverCluster.Bench.Measuring;

/// <summary>How far a long measurement is, for somebody who watches.</summary>
internal static class Progress
{
    public static void Show(string what, int done, int all)
    {
        if (!Console.IsErrorRedirected) Console.Error.Write(done < all ? $"\r{what} {done} of {all} " : "\r" + new string(' ', 60) + "\r");
    }
}
