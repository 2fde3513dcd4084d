using System.Text.RegularExpressions;
using ProverCluster.Node.Configuration;

namespace ProverCluster.Node.Tests.Configuration;

public sealed partial class SettingsSpec
{
    private static readonly SettingsFiles Shipped = SettingsFiles.LoadShipped();

    [Fact]
    public void The_shipped_files_should_say_every_default()
    {
        var settings = NodeSettings.Read(Shipped);
        Assert.Equal((TimeSpan.FromMilliseconds(10), null, 10_000), (settings.Tick, settings.Slots, settings.QueueLimit));
        Assert.Equal(new GoalSettings(TimeSpan.FromSeconds(60), null, 64L << 20, 0), settings.Goals);
        Assert.Equal(new RunSettings(null, null, 2L << 30, 256L << 20, 256L << 20, TimeSpan.FromSeconds(1)), settings.Runs);
        Assert.Equal(new SandboxSettings(SandboxMode.Auto, "bwrap"), settings.Sandbox);
        Assert.Equal(("127.0.0.1", 4051, TimeSpan.FromSeconds(25)), (settings.Place.Host, settings.Place.Port, settings.Drain.Grace));
        Assert.Equal(new RecordSettings(10_000, 2L << 30, TimeSpan.FromHours(1), 10_000), settings.Records);
        Assert.Equal(new StoreSettings(null, null, TimeSpan.FromDays(7)), settings.Store);
        Assert.Equal(new CacheSettings(TimeSpan.FromDays(30), 100_000, 256L << 20), settings.Cache);
        Assert.Empty(settings.Place.Seeds);
        Assert.Equal(["coordinator", "prover"], settings.Place.Roles);
        Assert.Equal((null, "127.0.0.1", true, false, null, null), (settings.Http.Port, settings.Http.Host, settings.Http.IsLoopback, settings.Http.IsInsecure, settings.Http.Tokens, settings.Http.Kestrel));
        Assert.Equal("WARNING", settings.Akka.GetString("akka.loglevel"));
    }

    [Theory]
    [InlineData("my.conf", "tokens.conf", "{here}/tokens.conf")]
    [InlineData("etc/my.conf", "tokens.conf", "{here}/etc/tokens.conf")]
    [InlineData("etc/my.conf", "../tokens.conf", "{here}/tokens.conf")]
    [InlineData("/etc/pc/my.conf", "t/tokens.conf", "/etc/pc/t/tokens.conf")]
    [InlineData("etc/my.conf", "/run/tokens.conf", "/run/tokens.conf")]
    public void A_file_should_be_looked_for_from_the_folder_of_the_file_that_names_it(string file, string name, string path)
    {
        var http = NodeSettings.Read(Shipped.With(file, $"prover-cluster.http {{ tokens = \"{name}\", kestrel = \"{name}\" }}")).Http;
        var store = NodeSettings.Read(Shipped.With(file, $"prover-cluster.store.folder = \"{name}\"")).Store;
        path = path.Replace("{here}", Directory.GetCurrentDirectory());
        Assert.Equal((path, path, path), (http.Tokens, http.Kestrel, store.Folder));
    }

    [Theory]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.0.0.7", false)]
    [InlineData("::", false)]
    [InlineData("::1", true)]
    [InlineData("127.0.0.2", true)]
    [InlineData("localhost", true)]
    public void An_address_to_listen_on_may_be_that_of_any_machine(string host, bool isLoopback) =>
        Assert.Equal(isLoopback, NodeSettings.Read(Shipped.With("my.conf", $"prover-cluster.http.host = \"{host}\"")).Http.IsLoopback);

    [Fact]
    public void Later_files_should_win_key_by_key()
    {
        var files = Shipped.With("one", "prover-cluster { tick = 5ms, goals.timeout = 1s }").With("two", "prover-cluster.goals { timeout = 2s }\nakka.loglevel = DEBUG");
        var settings = NodeSettings.Read(files);
        Assert.Equal((TimeSpan.FromMilliseconds(5), TimeSpan.FromSeconds(2)), (settings.Tick, settings.Goals.Timeout));
        Assert.Equal("DEBUG", settings.Akka.GetString("akka.loglevel"));
        Assert.Equal("off", settings.Akka.GetString("akka.log-dead-letters"));
    }

    [Theory]
    [InlineData("tick = 10", "prover-cluster.tick is '10', but a duration with its unit (ms, s, m, h or d) from 1ms to 1s is wanted")]
    [InlineData("tick = 2s", "prover-cluster.tick is '2s', but a duration with its unit (ms, s, m, h or d) from 1ms to 1s is wanted")]
    [InlineData("tick = -1ms", "prover-cluster.tick is '-1ms', but a duration with its unit (ms, s, m, h or d) from 1ms to 1s is wanted")]
    [InlineData("tick = [10ms]", "prover-cluster.tick is '[...]', but a duration with its unit (ms, s, m, h or d) from 1ms to 1s is wanted")]
    [InlineData("tick { a = 1 }", "prover-cluster.tick is '{...}', but a duration with its unit (ms, s, m, h or d) from 1ms to 1s is wanted")]
    [InlineData("tick = null", "prover-cluster.tick is 'null', but a duration with its unit (ms, s, m, h or d) from 1ms to 1s is wanted")]
    [InlineData("slots = 0", "prover-cluster.slots is '0', but 'auto', or a whole number from 1 to 1024 is wanted")]
    [InlineData("slots = many", "prover-cluster.slots is 'many', but 'auto', or a whole number from 1 to 1024 is wanted")]
    [InlineData("queue-limit = 1000001", "prover-cluster.queue-limit is '1000001', but a whole number from 1 to 1000000 is wanted")]
    [InlineData("goals.timeout = 8d", "prover-cluster.goals.timeout is '8d', but a duration with its unit (ms, s, m, h or d) from 10ms to 7d is wanted")]
    [InlineData("goals.parallel = 2000", "prover-cluster.goals.parallel is '2000', but 'auto', or a whole number from 0 to 1024 is wanted")]
    [InlineData("goals.max-text = 100MiB", "prover-cluster.goals.max-text is '100MiB', but a size with its unit (B, KiB, MiB, GiB or TiB) from 1KiB to 64MiB is wanted")]
    [InlineData("runs.timeout = never", "prover-cluster.runs.timeout is 'never', but 'none', or a duration with its unit (ms, s, m, h or d) from 10ms to 7d is wanted")]
    [InlineData("runs.memory = 2048", "prover-cluster.runs.memory is '2048', but a size with its unit (B, KiB, MiB, GiB or TiB) from 16MiB to 1TiB is wanted")]
    [InlineData("sandbox.mode = on", "prover-cluster.sandbox.mode is 'on', but auto or required or off is wanted")]
    [InlineData("sandbox.bubblewrap = \"bin/bwrap\"", "prover-cluster.sandbox.bubblewrap is 'bin/bwrap', but the name of a program on PATH, or an absolute path is wanted")]
    [InlineData("goals.priority = high", "prover-cluster.goals.priority is 'high', but a whole number from -100 to 100 is wanted")]
    [InlineData("cluster.host = \"0.0.0.0\"", "prover-cluster.cluster.host is '0.0.0.0', but a host name or an IPv4 address that other nodes can reach, such as 127.0.0.1 is wanted")]
    [InlineData("cluster.host = \"a b\"", "prover-cluster.cluster.host is 'a b', but a host name or an IPv4 address that other nodes can reach, such as 127.0.0.1 is wanted")]
    [InlineData("cluster.seeds = [\"127.0.0.1\"]", "prover-cluster.cluster.seeds is '127.0.0.1', but HOST:PORT of a node, such as 127.0.0.1:4051 is wanted")]
    [InlineData("cluster.seeds = [\"here:0\"]", "prover-cluster.cluster.seeds is 'here:0', but HOST:PORT of a node, such as 127.0.0.1:4051 is wanted")]
    [InlineData("cluster.roles = [cook]", "prover-cluster.cluster.roles is 'cook', but coordinator or prover is wanted")]
    [InlineData("cluster.roles = prover", "prover-cluster.cluster.roles is 'prover', but a list in brackets, each coordinator or prover is wanted")]
    [InlineData("records.keep-for = 0s", "prover-cluster.records.keep-for is '0s', but a duration with its unit (ms, s, m, h or d) from 10s to 7d is wanted")]
    [InlineData("records.keep-most = 0", "prover-cluster.records.keep-most is '0', but a whole number from 100 to 1000000 is wanted")]
    [InlineData("records.most-open-text = 2", "prover-cluster.records.most-open-text is '2', but a size with its unit (B, KiB, MiB, GiB or TiB) from 1MiB to 1TiB is wanted")]
    [InlineData("store.folder = \"\"", "prover-cluster.store.folder is '', but 'none', or the path of a file is wanted")]
    [InlineData("store.url = \"mysql://user:hush@h/d\"", "prover-cluster.store.url: it does not begin with postgres:// or cannot be read, but 'none', or postgres://USER[:PASSWORD]@HOST[:PORT]/DATABASE, with '%' and two hexadecimal digits for what is special, in quotes, is wanted")]
    [InlineData("store.url = \"postgres://:hush@h/d\"", "prover-cluster.store.url: it names no user, but 'none', or postgres://USER[:PASSWORD]@HOST[:PORT]/DATABASE, with '%' and two hexadecimal digits for what is special, in quotes, is wanted")]
    [InlineData("store.url { hush = 1 }", "prover-cluster.store.url: it does not begin with postgres:// or cannot be read, but 'none', or postgres://USER[:PASSWORD]@HOST[:PORT]/DATABASE, with '%' and two hexadecimal digits for what is special, in quotes, is wanted")]
    [InlineData("store { folder = d, url = \"postgres://user:hush@h/d\" }", "prover-cluster.store.url is a second place beside store.folder, but one place is wanted: a folder for one node alone, or a server for several")]
    [InlineData("store.keep-settled = 7", "prover-cluster.store.keep-settled is '7', but a duration with its unit (ms, s, m, h or d) from 1m to 3650d is wanted")]
    [InlineData("store.dir = d", "prover-cluster.store.dir is not a known key")]
    [InlineData("cache.keep-for = 1s", "prover-cluster.cache.keep-for is '1s', but a duration with its unit (ms, s, m, h or d) from 1m to 3650d is wanted")]
    [InlineData("cache.keep-most = 0", "prover-cluster.cache.keep-most is '0', but a whole number from 1 to 10000000 is wanted")]
    [InlineData("cache.keep-size = 1", "prover-cluster.cache.keep-size is '1', but a size with its unit (B, KiB, MiB, GiB or TiB) from 1MiB to 1TiB is wanted")]
    [InlineData("http.host = prover.example", "prover-cluster.http.host is 'prover.example', but an IP address of this machine, such as 127.0.0.1, or 0.0.0.0 for all that it has is wanted")]
    [InlineData("http.host = \"127.1\"", "prover-cluster.http.host is '127.1', but an IP address of this machine, such as 127.0.0.1, or 0.0.0.0 for all that it has is wanted")]
    [InlineData("http.insecure = yes", "prover-cluster.http.insecure is 'yes', but on or off is wanted")]
    [InlineData("http.tokens = \"\"", "prover-cluster.http.tokens is '', but 'none', or the path of a file is wanted")]
    [InlineData("http.tokens { alice { } }", "prover-cluster.http.tokens is '{...}', but 'none', or the path of a file is wanted")]
    [InlineData("http.kestrel = [a]", "prover-cluster.http.kestrel is '[...]', but 'none', or the path of a file is wanted")]
    [InlineData("http.token = a", "prover-cluster.http.token is not a known key (did you mean 'tokens'?)")]
    [InlineData("drain.grace = 25", "prover-cluster.drain.grace is '25', but a duration with its unit (ms, s, m, h or d) from 0s to 1h is wanted")]
    [InlineData("drain { grase = 25s }", "prover-cluster.drain.grase is not a known key (did you mean 'grace'?)")]
    [InlineData("goals = 5", "prover-cluster.goals is '5', but a block in braces is wanted")]
    [InlineData("store = \"postgres://me:secret@there/goals\"", "prover-cluster.store is 'postgres://...', but a block in braces is wanted")]
    [InlineData("goals.timeuot = 5s", "prover-cluster.goals.timeuot is not a known key (did you mean 'timeout'?)")]
    [InlineData("tik = 5ms", "prover-cluster.tik is not a known key (did you mean 'tick'?)")]
    [InlineData("\"a.b\" = 5", "prover-cluster.\"a.b\" is not a known key")]
    public void A_wrong_value_should_be_told_with_file_key_and_what_is_wanted(string hocon, string sentence)
    {
        var files = Shipped.With("my.conf", $"prover-cluster {{ {hocon} }}");
        Assert.Equal("my.conf: " + sentence, Assert.Throws<SettingsException>(() => NodeSettings.Read(files)).Message);
    }

    /// <summary>HOCON's own complaints quote what they read.</summary>
    [Theory]
    [InlineData("prover-cluster.store.url = \"postgres://user:hush@h/d\" = 5")]
    [InlineData("prover-cluster.store { url \"postgres://user:hush@h/d\" }")]
    [InlineData("prover-cluster.store.url = postgres://user:hush@h/d")]
    [InlineData("prover-cluster.store.url = [\"postgres://user:hush@h/d\"]")]
    public void A_password_should_never_be_told(string hocon) =>
        Assert.DoesNotContain("hush", Assert.Throws<SettingsException>(() => NodeSettings.Read(Shipped.With("my.conf", hocon))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("akka.loglevel = LOUD", "akka.loglevel is 'LOUD', but OFF or ERROR or WARNING or INFO or DEBUG is wanted")]
    [InlineData("akka { stdout-loglevel = 3 }", "akka.stdout-loglevel is '3', but OFF or ERROR or WARNING or INFO or DEBUG is wanted")]
    [InlineData("akka.loglevle = DEBUG", "akka.loglevle is not a known key (did you mean 'loglevel'?)")]
    [InlineData("akka.actor { ask-timeuot = 3s }", "akka.actor.ask-timeuot is not a known key (did you mean 'ask-timeout'?)")]
    [InlineData("akka.scheduler.tick-duraton = 20ms", "akka.scheduler.tick-duraton is not a known key (did you mean 'tick-duration'?)")]
    [InlineData("akka.own-things.roles = [prover]", "akka.own-things is not a known key")]
    [InlineData("akka.actor = 5", "akka.actor is '5', but a block in braces is wanted")]
    public void A_wrong_key_of_the_actor_system_should_be_told_too(string hocon, string sentence) =>
        Assert.Equal("my.conf: " + sentence, Assert.Throws<SettingsException>(() => NodeSettings.Read(Shipped.With("my.conf", hocon))).Message);

    [Theory]
    [InlineData("akka.loglevel = debug")]
    [InlineData("akka.stdout-loglevel = INFO, akka.log-dead-letters = on")]
    [InlineData("akka.actor.ask-timeout = 10s")]
    [InlineData("akka.actor.default-dispatcher.throughput = 100")]
    [InlineData("akka.actor.my-dispatcher { type = Dispatcher, throughput = 7 }")]
    [InlineData("akka.actor.deployment { /mine { router = round-robin-pool } }")]
    [InlineData("akka.actor.serializers { mine = \"My.Serializer, My\" }")]
    [InlineData("akka.coordinated-shutdown.phases.mine { timeout = 2s }")]
    [InlineData("akka.remote.dot-netty.tcp.port = 0")]
    [InlineData("akka.cluster.roles = [prover]")]
    public void What_the_actor_system_knows_and_what_is_named_by_whoever_writes_it_should_be_passed_on(string hocon) =>
        NodeSettings.Read(Shipped.With("my.conf", hocon));

    [Theory]
    [InlineData("prover-cluster {\n tick = 5ms\n", "my.conf: line 1: the '{' that stands here is never closed")]
    [InlineData("prover-cluster { tick = 5ms }\n}", "my.conf: line 2: '}' closes nothing")]
    [InlineData("a = [1, 2", "my.conf: line 1: the '[' that stands here is never closed")]
    [InlineData("a = [1 }", "my.conf: line 1: '}' closes nothing")]
    [InlineData("\na = \"never", "my.conf: line 2: the quote that begins here is never closed")]
    [InlineData("a = \"\"\"never", "my.conf: line 1: the quote that begins here is never closed")]
    [InlineData("a = ${?HOME}", "my.conf: line 1: substitutions are not available here; write the value itself")]
    [InlineData("prover-clutser.tick = 5ms", "my.conf: 'prover-clutser' is not a known key (did you mean 'prover-cluster'?); known are prover-cluster and akka")]
    [InlineData("prover-cluster = 5", "my.conf: prover-cluster is '5', but a block in braces is wanted")]
    public void A_text_that_HOCON_would_misread_should_be_refused(string hocon, string sentence) =>
        Assert.Equal(sentence, Assert.Throws<SettingsException>(() => NodeSettings.Read(Shipped.With("my.conf", hocon))).Message);

    [Theory]
    [InlineData("")]
    [InlineData("# { nothing [ here \"\n// nor ${here}\n")]
    [InlineData("prover-cluster { } # }")]
    [InlineData("prover-cluster.sandbox.bubblewrap = \"{[#\"")]
    public void Brackets_in_quotes_and_comments_should_not_count(string hocon) => NodeSettings.Read(Shipped.With("my.conf", hocon));

    [Fact]
    public void A_file_that_cannot_be_read_should_be_told()
    {
        var complaint = Assert.Throws<SettingsException>(() => SettingsFiles.Load(["/nowhere/my.conf"]));
        Assert.StartsWith("/nowhere/my.conf: cannot be read as a configuration file: ", complaint.Message);
    }

    [Fact]
    public void The_shipped_files_should_have_their_brackets_in_order()
    {
        foreach (var name in SettingsFiles.ShippedTexts) HoconBrackets.Check(name.File, name.Text);
    }

    /// <summary>The comment above a key and the range that is enforced are one: the number at either end is taken, one beyond is not.</summary>
    [Theory]
    [InlineData("tick")]
    [InlineData("slots")]
    [InlineData("queue-limit")]
    [InlineData("goals.timeout")]
    [InlineData("goals.parallel")]
    [InlineData("goals.max-text")]
    [InlineData("goals.priority")]
    [InlineData("cluster.port")]
    [InlineData("drain.grace")]
    [InlineData("runs.timeout")]
    [InlineData("runs.cpu")]
    [InlineData("runs.memory")]
    [InlineData("runs.output-limit")]
    [InlineData("runs.folder-size")]
    [InlineData("runs.verdict-linger")]
    [InlineData("records.most-open")]
    [InlineData("records.most-open-text")]
    [InlineData("records.keep-for")]
    [InlineData("records.keep-most")]
    public void The_range_in_the_comment_should_be_the_range(string key)
    {
        var text = SettingsFiles.ShippedTexts.Single(each => each.File == "prover-cluster.conf").Text;
        var comment = RangeAbove(key.Split('.')[^1], text, key.Split('.')[0]);
        foreach (var end in new[] { comment.Groups["min"].Value, comment.Groups["max"].Value })
            NodeSettings.Read(Shipped.With("my.conf", $"prover-cluster.{key} = {end}"));
        var beyond = Digits().Replace(comment.Groups["max"].Value, number => (long.Parse(number.Value) + 1).ToString());
        Assert.Throws<SettingsException>(() => NodeSettings.Read(Shipped.With("my.conf", $"prover-cluster.{key} = {beyond}")));
    }

    private static Match RangeAbove(string key, string text, string block)
    {
        var from = text.IndexOf(block == key ? "prover-cluster {" : $"\n  {block} {{", StringComparison.Ordinal);
        var match = Regex.Match(text[from..], $@"# (""\w+"", or )?(?<min>\S+) to (?<max>\S+)\n *{key} = ");
        Assert.True(match.Success, $"no range above {key}");
        return match;
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex Digits();
}
