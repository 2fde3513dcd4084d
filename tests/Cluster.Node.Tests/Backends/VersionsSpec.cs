using System.Text;
using ProverCluster.Messages.Ids;
using ProverCluster.Messages.Languages;
using ProverCluster.Messages.Runs;
using ProverCluster.Node.Backends;
using ProverCluster.Node.Configuration;
using ProverCluster.Node.Provers;

namespace ProverCluster.Node.Tests.Backends;

public sealed class VersionsSpec : IDisposable
{
    private readonly FakeLauncher _launcher = new();
    private readonly string _program = Path.GetTempFileName();

    public void Dispose() => File.Delete(_program);

    [Theory]
    [InlineData("Z3 version 4.8.12 - 64 bit\n", "4.8.12")]
    [InlineData("This is cvc5 version 1.0.3\ncompiled with GCC version 12.2.0\non Dec 20 2022 01:35:50\n", "1.0.3")]
    [InlineData("E 2.6 Floral Guranse (8e8bfa2a3f682a4a7d96975eaa7b1133c4267b13)\n", "2.6")]
    [InlineData("\n\t          SPASS V 3.9\n\t       Usage: SPASS [options] [<input-file>] \n", "3.9")]
    [InlineData("sc2021\n", "sc2021")]
    [InlineData("965\n", "965")]
    [InlineData("c CryptoMiniSat version 5.11.4\nc CMS Copyright (C) 2009-2020 Authors\n", "5.11.4")]
    [InlineData("Yices 2.6.4\nCopyright 2022 SRI International.\n", "2.6.4")]
    [InlineData("Vampire 4.8 (commit 8d999c135 on 2023-07-12)\n", "4.8")]
    [InlineData("alt-ergo v2.4.2\n", "2.4.2")]
    [InlineData("no idea\n", null)]
    [InlineData("", null)]
    public void The_version_should_be_found_in_what_is_printed(string printed, string? version) => Assert.Equal(version, VersionAnswer.Find(printed));

    [Fact]
    public async Task A_program_should_be_asked_once_until_it_is_another()
    {
        var versions = new BackendVersions(_launcher, TimeProvider.System);
        Assert.Equal("4.8.12", await versions.OfAsync(Z3()));
        Assert.Equal("4.8.12", await versions.OfAsync(Z3()));
        Assert.Equal(1, _launcher.Starts);
        File.SetLastWriteTimeUtc(_program, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await versions.OfAsync(Z3());
        Assert.Equal(2, _launcher.Starts);
    }

    [Fact]
    public async Task A_program_that_does_not_answer_should_be_killed_and_have_none()
    {
        _launcher.Hangs = true;
        var clock = new HandTimer();
        var asked = new BackendVersions(_launcher, clock).OfAsync(Z3());
        Assert.False(asked.IsCompleted);
        clock.Fire();
        Assert.Null(await asked);
    }

    [Fact]
    public async Task A_backend_that_cannot_tell_should_not_be_asked()
    {
        var versions = new BackendVersions(_launcher, TimeProvider.System);
        Assert.Null(await versions.OfAsync(Z3() with { Path = null }));
        Assert.Null(await versions.OfAsync(Z3() with { Backend = Z3().Backend with { VersionArguments = [] } }));
        Assert.Null(await versions.OfAsync(Z3() with { Path = "/nowhere" }));
        Assert.Equal(0, _launcher.Starts);
    }

    private PlannedBackend Z3() => BackendCatalogue.Read(SettingsFiles.LoadShipped(), _ => _program).Find(BackendName.Parse("z3"), GoalLanguage.SmtLib2)!;

    /// <summary>A timer that rings when the test says so.</summary>
    private sealed class HandTimer : TimeProvider, ITimer
    {
        private Action _ring = () => { };

        public void Fire() => _ring();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Assert.Equal(TimeSpan.FromSeconds(5), dueTime);
            _ring = () => callback(state);
            return this;
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => default;
    }

    private sealed class FakeLauncher : IProverLauncher
    {
        public int Starts { get; private set; }

        public bool Hangs { get; set; }

        public Confinement Confinement => throw new NotSupportedException();

        public IProverProcess Start(ProverCommand command, IProverObserver observer)
        {
            Starts++;
            Assert.Equal(["--version"], command.Arguments);
            if (!Hangs)
            {
                observer.Printed(ProverStream.Stdout, Encoding.UTF8.GetBytes("Z3 version 4.8"));
                observer.Printed(ProverStream.Stdout, Encoding.UTF8.GetBytes(".12 - 64 bit\n"));
                observer.Reaped(new RunEnd.Exited(0), RunUsage.None);
            }
            return new FakeProcess(observer);
        }

        public void Dispose()
        {
        }
    }

    private sealed class FakeProcess(IProverObserver observer) : IProverProcess
    {
        public void Kill() => observer.Reaped(new RunEnd.Signalled(9), RunUsage.None);

        public ProverSample Sample() => default;

        public IReadOnlyList<int> Processes() => [];
    }
}
