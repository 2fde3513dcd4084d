using ProverCluster.Cli.Arguments;

var arguments = new ProveArguments(args);
if (arguments.WantsHelp) { Console.WriteLine(HelpText.Text); return 0; }
try { Console.WriteLine(arguments.Read()); } catch (UsageException e) { Console.WriteLine("prove: " + e.Message); return 3; }
return 0;
