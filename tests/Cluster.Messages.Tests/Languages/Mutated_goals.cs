using System.Diagnostics;
using System.Text;
using ProverCluster.Messages.Languages;
using Xunit.Abstractions;

namespace ProverCluster.Messages.Tests.Languages;

/// <summary>
/// A seeded fuzz of the readers: real goals with stretches lost, doubled, scrambled, or taken from others. Each is accepted or refused, soon, and what is accepted can be given to a prover. A
/// failure prints the seed, which PROVER_CLUSTER_SEED replays, and the number.
/// </summary>
public class Mutated_goals(ITestOutputHelper output)
{
    private static readonly TimeSpan TooLong = TimeSpan.FromSeconds(5);

    private static readonly string[] Pieces =
    [
        "(", ")", "\"", "|", ";", "'", "/*", "*/", "%", "\\", "\0", "\n", "\r", "\t", "\u00ff", "\ufeff", "\u2028", "\ud83d\ude42", "[", "]", "{", "}", ",", ".", ":", "$", "~", "&", "=>", "!", "?", "#b", "#x", "-", "0",
        "p cnf 3 2\n", "p cnf 99999999999999999999 1\n", "-99999999999999999999", "9223372036854775807", "c ", "%\n0\n", " 0\n", "(check-sat)", "(exit)", "(push 99999999999)", "(pop 1)", "(reset)", "(include \"x\")",
        "(set-option :produce-models true)", "(declare-const x Int)", "(echo \"unsat\")", "(get-model)", "include('a').", "include('/etc/passwd',[x]).", "fof(a,axiom,", "cnf(b,plain,", "tff(c,type,", "conjecture", "$false", "thf(",
    ];

    [Fact]
    public async Task Are_read_or_refused_soon()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("PROVER_CLUSTER_SEED"), out var given) ? given : 11;
        var goals = Goals();
        var (accepted, slowest, at, since) = (0, TimeSpan.Zero, 0, Stopwatch.StartNew());
        var count = Stress.Count(6_000, 150_000);
        // On a thread of its own, which may never come back.
        var reading = Task.Factory.StartNew(
            () =>
            {
                for (at = 0; at < count; at++)
                {
                    var (language, text) = Mutate(goals, new Random(unchecked((seed * 486_187_739) + at)));
                    var watch = Stopwatch.StartNew();
                    accepted += Read(language, text) ? 1 : 0;
                    slowest = watch.Elapsed > slowest ? watch.Elapsed : slowest;
                    Assert.True(watch.Elapsed < Busy.Allow(TooLong), $"seed {seed}, number {at}: {text.Length} bytes of {language} took {watch.Elapsed.TotalSeconds:0.0} s");
                }
            },
            TaskCreationOptions.LongRunning);
        while (await Task.WhenAny(reading, Task.Delay(TimeSpan.FromMinutes(1))) != reading)
            Assert.True(since.Elapsed < TimeSpan.FromSeconds(30) + (at * TimeSpan.FromMilliseconds(50)), $"seed {seed}, number {at}: it is not read to its end");
        try
        {
            await reading;
        }
        catch (Exception failure) when (failure is not Xunit.Sdk.XunitException)
        {
            Assert.Fail($"seed {seed}, number {at}: {failure}");
        }

        Assert.True(accepted > count / 50 && accepted < count - (count / 50), $"{accepted} of {count} are accepted: the changes are no test");
        output.WriteLine(FormattableString.Invariant($"figures: {count} mutated goals in {since.Elapsed.TotalSeconds:0} s: {accepted} accepted, the slowest in {slowest.TotalMilliseconds:0} ms"));
    }

    private static bool Read(GoalLanguage language, ReadOnlyMemory<byte> text)
    {
        if (!GoalReader.TryRead(language, text, out var document, out var rejection))
        {
            Assert.NotEqual("", rejection.ToString());
            return false;
        }

        _ = document switch
        {
            SmtLibScript script => script.MarkedCopy("0123456789abcdef").Text,
            DimacsFormula formula => formula.PlainText(),
            TptpProblem problem => problem.PlainText(),
            _ => document.Text,
        };
        return true;
    }

    /// <summary>The goals that this clone brings along.</summary>
    private static (GoalLanguage Language, byte[] Text)[] Goals() =>
    [
        .. from folder in new[] { "examples", "benchmarks/goals" }
           from path in Directory.EnumerateFiles(Path.Combine(Repo.Root, folder)).Order(StringComparer.Ordinal)
           let language = GoalLanguages.FromFileName(path)
           where language is not null
           select (language.Value, File.ReadAllBytes(path)),
    ];

    private static (GoalLanguage Language, byte[] Text) Mutate((GoalLanguage Language, byte[] Text)[] goals, Random random)
    {
        var (language, text) = goals[random.Next(goals.Length)];
        // Now and then as something else than it is.
        if (random.Next(20) == 0)
            language = goals[random.Next(goals.Length)].Language;
        for (var changes = random.Next(1, 5); changes > 0; changes--)
        {
            var at = random.Next(text.Length + 1);
            var length = random.Next(Math.Min(random.Next(4) == 0 ? 2_000 : 12, text.Length - at) + 1);
            text = [.. text[..at], .. Instead(text[at..(at + length)], goals, random), .. text[(at + length)..]];
        }

        return (language, text);
    }

    private static byte[] Instead(byte[] stretch, (GoalLanguage Language, byte[] Text)[] goals, Random random)
    {
        switch (random.Next(7))
        {
            case 0:
                return [];
            case 1:
                return [.. stretch, .. stretch];
            case 2:
                random.NextBytes(stretch);
                return stretch;
            case 3:
                Array.Reverse(stretch);
                return stretch;
            case 4:
                var other = goals[random.Next(goals.Length)].Text;
                var from = random.Next(other.Length);
                return [.. stretch, .. other[from..Math.Min(other.Length, from + random.Next(400))]];
            case 5 when random.Next(10) == 0:
                // Nested, or repeated, as deep as no goal is.
                return Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Pieces[random.Next(Pieces.Length)], random.Next(20_000))));
            default:
                return [.. stretch, .. Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)])];
        }
    }
}
