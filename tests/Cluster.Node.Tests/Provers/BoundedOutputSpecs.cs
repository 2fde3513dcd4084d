using System.Text;
using ProverCluster.Node.Provers;

namespace ProverCluster.Node.Tests.Provers;

public sealed class BoundedOutputSpecs
{
    [Theory]
    [InlineData("", 10, "", 0)]
    [InlineData("abc", 10, "abc", 0)]
    [InlineData("abcdefghij", 10, "abcdefghij", 0)]
    [InlineData("abcdefghijk", 10, "abcde\n... 1 bytes left out ...\nghijk", 1)]
    [InlineData("abcdefghijklmnopqrstuvwxyz", 10, "abcde\n... 16 bytes left out ...\nvwxyz", 16)]
    public void It_keeps_the_beginning_and_the_end_however_the_pieces_fall(string text, int most, string kept, long leftOut)
    {
        for (var piece = 1; piece <= text.Length + 1; piece++)
        {
            var output = new BoundedOutput(most);
            foreach (var part in text.Chunk(piece))
            {
                output.Append(Encoding.ASCII.GetBytes(part));
            }

            Assert.Equal(kept, output.ToString());
            Assert.Equal(text.Length, output.Total);
            Assert.Equal(leftOut, output.LeftOut);
        }
    }
}
