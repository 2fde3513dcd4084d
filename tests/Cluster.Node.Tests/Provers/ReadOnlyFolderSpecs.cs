using ProverCluster.Node.Provers;

namespace ProverCluster.Node.Tests.Provers;

public sealed class ReadOnlyFolderSpecs
{
    [Theory]
    [InlineData("/")]
    [InlineData("/tmp")]
    [InlineData("/tmp/")]
    [InlineData("/usr/../tmp")]
    [InlineData("/home")]
    [InlineData("/root")]
    [InlineData("/etc")]
    [InlineData("/proc")]
    [InlineData("/proc/self")]
    [InlineData("/dev/shm")]
    [InlineData("relative")]
    [InlineData("/no/such/folder")]
    public void A_folder_that_shows_too_much_or_nothing_is_refused(string folder) => Assert.NotNull(ReadOnlyFolder.Fault(folder));

    [Fact]
    public void The_users_home_and_what_holds_it_are_refused_but_not_a_folder_in_it()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        Assert.NotNull(ReadOnlyFolder.Fault(home));
        Assert.NotNull(ReadOnlyFolder.Fault(Path.GetDirectoryName(home)!));
        var inner = Directory.CreateDirectory(Path.Combine(home, $".prover-cluster-spec-{Guid.NewGuid():N}"));
        try
        {
            Assert.Null(ReadOnlyFolder.Fault(inner.FullName));
        }
        finally
        {
            inner.Delete();
        }
    }

    [Fact]
    public void A_link_counts_as_what_it_leads_to()
    {
        var folder = Directory.CreateTempSubdirectory("prover-cluster-spec-").FullName;
        Directory.CreateSymbolicLink($"{folder}/link", "/");
        Assert.NotNull(ReadOnlyFolder.Fault($"{folder}/link"));
        Assert.NotNull(ReadOnlyFolder.Fault($"{folder}/link/tmp"));
        Assert.Null(ReadOnlyFolder.Fault($"{folder}/link/usr/lib"));
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("/usr/share")]
    [InlineData("/usr/lib")]
    public void Others_may_be_shown(string folder) => Assert.Null(ReadOnlyFolder.Fault(folder));
}
