namespace ProverCluster.Api.Gates;

/// <summary>Room for so much of something that requests hold.</summary>
internal sealed class Room(long size)
{
    private long _taken;

    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>Takes some of it until the lease ends; null if there is not so much left.</summary>
    public Lease? TryTake(long amount)
    {
        var lease = new Lease(this);
        return lease.TryAdd(amount) ? lease : null;
    }

    /// <summary>What one request holds. It belongs to one task at a time.</summary>
    public sealed class Lease(Room room) : IDisposable
    {
        private long _amount;

        public bool TryAdd(long amount)
        {
            // Never taken and given back again: somebody else, who wants less, would be refused for that moment.
            for (var taken = room.Taken; taken + amount <= room.Size;)
            {
                var seen = Interlocked.CompareExchange(ref room._taken, taken + amount, taken);
                if (seen == taken)
                {
                    _amount += amount;
                    return true;
                }

                taken = seen;
            }

            return false;
        }

        /// <summary>Gives a part of it back.</summary>
        public void Give(long amount)
        {
            Interlocked.Add(ref room._taken, -amount);
            _amount -= amount;
        }

        public void Dispose() => Give(_amount);
    }

    private long Size => size;
}
