using Xunit.Abstractions;
using Xunit.Sdk;

namespace ProverCluster.Node.Tests.Backends.Readings;

/// <summary>A theory whose rows begin with a backend's name, or with one and a slash; a row is skipped, and says so, where its prover is not installed.</summary>
[XunitTestCaseDiscoverer("ProverCluster.Node.Tests.Backends.Readings.InstalledTheoryDiscoverer", "ProverCluster.Node.Tests")]
public sealed class InstalledTheoryAttribute : TheoryAttribute;

/// <summary>xunit 2 decides before a test runs whether it is skipped.</summary>
public sealed class InstalledTheoryDiscoverer(IMessageSink messages) : TheoryDiscoverer(messages)
{
    protected override IEnumerable<IXunitTestCase> CreateTestCasesForDataRow(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo theoryAttribute, object[] dataRow)
    {
        var name = ((string)dataRow[0]).Split('/')[0];
        return Needs.Programs([TestBackend.All.First(backend => backend.Name == name).Entry.Executable]) is { } missing
            ? CreateTestCasesForSkippedDataRow(discoveryOptions, testMethod, theoryAttribute, dataRow, missing)
            : base.CreateTestCasesForDataRow(discoveryOptions, testMethod, theoryAttribute, dataRow);
    }
}
